//! A casebook whose form keeps what casebook knows in many shapes.

use crate::support::Casebook;

const MANIFEST: &str = r#"casebook: 1
title: Gardens
edition: {date: 2026-01-02}
themes: {water: {title: Water}, soil: {title: Soil}}
form:
  schema: garden.yaml
  roles:
    title: /title
    summary: /about/short
    regions: /where/*/code
    themes: /topic
    period: /ran
    status: /state
    outcome: {pointer: /went, values: {well: success, badly: failed, poorly: failed}}
    organisations: /people
    sources: /refs
    sections: [/title, /founded, /soil_type, /beds, /people/*/task, /about]
facets:
  size: {title: Size, pointer: /size}
  tools: {title: Tools, pointer: /tools}
  plants: {title: Plants, pointer: /plots/*/plant}
"#;

const FORM: &str = r#"$schema: https://json-schema.org/draft/2020-12/schema
type: object
additionalProperties: false
required: [title, topic]
properties:
  title: {type: string}
  about: {type: object, properties: {short: {type: string}, long: {type: string, title: At length}}}
  where: {type: array, items: {type: object, properties: {code: {type: string}, plot: {type: string}}}}
  topic: {type: string}
  ran: {anyOf: [{type: string}, {type: object, properties: {start: {}, end: {}}}]}
  state: {type: string}
  went: {enum: [well, badly, poorly]}
  people:
    type: array
    items:
      anyOf:
        - type: string
        - type: object
          properties:
            name: {type: string}
            role: {type: string}
            url: {type: string, format: uri}
            task: {type: string}
            phone: {type: string, x-private: true}
  refs: {type: object, additionalProperties: {anyOf: [{type: string}, {type: object}]}}
  founded: {type: integer, title: Founded in}
  soil_type: {type: string}
  beds:
    type: array
    items:
      type: object
      properties: {crop: {type: string, title: Crop}, rows: {type: integer}, owner: {type: string, x-private: true}}
  size: {type: number}
  tools: {type: array, items: {type: string}}
  plots: {type: array, items: {type: object, properties: {plant: {type: string}}}}
  key_under: {type: string, x-private: true}
"#;

pub(super) const FIRST_GARDEN: &str = r#"# The first garden.
title: First garden # its name
about:
  short: A garden.
  long: |
    Long ago, somebody *dug*.
where:
  - code: SE22
    plot: the slope # sunny
  - {code: UK, plot: the yard}
topic: water
# roughly
ran: 2019-05/2021-03
state: pilot
went: poorly
people:
  - Anna # alone
  - name: The town
    role: lead
    task: waters
    phone: "123"
  - {name: A club, role: sponsor, url: "https://example.org"}
refs:
  B7: A book of beds
  web: {name: A page, link: "https://example.org/page", year: 2020}
founded: 1999
soil_type: sand
beds: # counted
  - {crop: peas, rows: 3, owner: Bo}
  - {crop: beans, rows: 4}
size: 2.5
tools: [spade, hose]
key_under: the mat
"#;

const SECOND: &str = "title: Second garden\ntopic: soil\nran: {start: 2020, end: 2021-02}\n\
    state: operational\nwent: well\npeople: [Carl]\n";

/// A casebook whose roles lead to other shapes than those of the example; its cases are named by their files.
pub(super) fn gardens() -> Casebook {
    let casebook = without_gardens();
    casebook.write("cases/first.yaml", FIRST_GARDEN);
    casebook.write("cases/second.yaml", SECOND);
    casebook
}

/// The same without its cases.
pub(super) fn without_gardens() -> Casebook {
    let casebook = Casebook::new(&[]);
    casebook.write("casebook.yaml", MANIFEST);
    casebook.write("garden.yaml", FORM);
    casebook
}
