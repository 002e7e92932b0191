//! Owns reading typed data out of a tree with serde, spans included.

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor, value,
};
use serde::forward_to_deserialize_any;

use super::tree::{Entry, Node, Number, Value};
use crate::source::SPANNED;

/// Reads a value of type `T` out of a node.
///
/// # Errors
///
/// Says what does not fit. A node that the form accepted fits, so this is for the rest: a form of
/// another version, or a fault in the form itself.
pub fn from_node<T: DeserializeOwned>(node: &Node<'_>) -> Result<T, value::Error> {
    T::deserialize(NodeDeserializer(node))
}

struct NodeDeserializer<'a>(&'a Node<'a>);

impl<'de, 'a> Deserializer<'de> for NodeDeserializer<'a> {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::Number(Number::Int(int)) => visitor.visit_i64(*int),
            Value::Number(Number::Float(float)) => visitor.visit_f64(*float),
            Value::String(text) => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(entries) => {
                visitor.visit_map(Entries { entries: entries.iter(), pending: None })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == SPANNED {
            return visitor.visit_seq(WithSpan { node: self.0, step: 0 });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        match self.0.as_str() {
            Some(variant) => {
                let variant: value::StrDeserializer<'_, value::Error> = variant.into_deserializer();
                variant.deserialize_enum(name, variants, visitor)
            }
            None => {
                Err(de::Error::custom(format_args!("expected one word, found {}", self.0.kind())))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Node<'a>>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = value::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        self.0.next().map(|node| seed.deserialize(NodeDeserializer(node))).transpose()
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, Entry<'a>>,
    pending: Option<&'a Node<'a>>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = value::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Self::Error> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.pending = Some(&entry.value);
        let key: value::StrDeserializer<'_, value::Error> = entry.key.as_ref().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Self::Error> {
        match self.pending.take() {
            Some(node) => seed.deserialize(NodeDeserializer(node)),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}

/// Hands out start, end and value, as a `Spanned` asks for them.
struct WithSpan<'a> {
    node: &'a Node<'a>,
    step: u8,
}

impl<'de> SeqAccess<'de> for WithSpan<'_> {
    type Error = value::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Self::Error> {
        self.step += 1;
        match self.step {
            1 => seed.deserialize(self.node.span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(self.node.span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(NodeDeserializer(self.node)).map(Some),
            _ => Ok(None),
        }
    }
}
