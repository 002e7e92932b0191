//! Owns the perfect hashes of the tables in src/vocab: where in its text each code's line begins.
//!
//! They are made while casebook is compiled, so that looking a code up takes the same time for each
//! and nothing is read at start-up.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it runs while casebook is compiled, and talks to cargo"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The tables, each with the name of its index. Codes are of at most six ASCII letters.
const TABLES: &[(&str, &str)] = &[
    ("regions.tsv", "REGIONS"),
    ("regions-retired.tsv", "RETIRED"),
    ("countries.tsv", "COUNTRIES"),
    ("country-names.tsv", "COUNTRY_NAMES"),
    ("subdivisions.tsv", "SUBDIVISIONS"),
    ("subdivisions-in-nuts.tsv", "SUBDIVISIONS_IN_NUTS"),
];

fn main() {
    let mut code = String::new();
    for (file, name) in TABLES {
        let path = Path::new("src/vocab").join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("the tables are part of the package");
        writeln!(code, "pub(super) static {name}: phf::Map<[u8; 6], u32> = {};", index(&text))
            .expect("a text can be written to");
    }
    let folder = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&folder).join("region_index.rs"), code).expect("the folder is cargo's own");
}

/// The offset of each line by the code that it begins with.
fn index(text: &str) -> String {
    let mut map = phf_codegen::Map::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let code = line.split('\t').next().unwrap_or_default().as_bytes();
        let mut key = [0; 6];
        key[..code.len()].copy_from_slice(code);
        map.entry(key, offset.to_string());
        offset += line.len();
    }
    map.build().to_string()
}
