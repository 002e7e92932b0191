//! Owns the examples at the end of each verb's help: what people do most, a line each.

/// Lines of examples under their heading.
macro_rules! examples {
    ($($name:ident: $($line:literal)+;)+) => {
        $(pub(in crate::cli::args) const $name: &str = concat!("Examples:", $("\n  ", $line),+);)+
    };
}

examples! {
    CASEBOOK:
        "casebook init my-casebook          begin a casebook"
        "casebook new \"Telestroke in Ystad\" begin a case"
        "casebook validate                  check all cases"
        "casebook build --open              make the report, and look at it";
    VALIDATE:
        "casebook validate"
        "casebook validate cases/oulu-self-care.yaml"
        "casebook validate --fix"
        "casebook validate --strict --message-format sarif=casebook.sarif";
    STATS:
        "casebook stats"
        "casebook stats --by country,outcome"
        "casebook stats --by theme --where year=2010..2015 --format csv"
        "casebook stats --coverage";
    LIST:
        "casebook list --where theme=telestroke --sort -start"
        "casebook list --where region=Sweden --format csv"
        "casebook list --where review=submitted --format ids";
    BUILD:
        "casebook build --open"
        "casebook build --format pdf,html -o out"
        "casebook build --draft"
        "casebook build --where theme=telestroke"
        "casebook build --volumes region:0"
        "casebook build --since v1";
    WATCH:
        "casebook watch --open"
        "casebook watch --where theme=telestroke --stay";
    DIFF:
        "casebook diff v1"
        "casebook diff origin/main --format md"
        "casebook diff ../last-year --format json -o changes.json";
    MIGRATE:
        "casebook migrate --diff"
        "casebook migrate";
    REVIEW:
        "casebook review telestroke-saxony accept"
        "casebook review one two return --note \"Please add what it cost.\"";
    EXPORT:
        "casebook export > cases.csv"
        "casebook export --table measures -o measures.csv"
        "casebook export --format datapackage -o data";
    IMPORT:
        "casebook import answers.xlsx --draft-mapping -o mapping.yaml"
        "casebook import answers.xlsx --mapping mapping.yaml --dry-run"
        "casebook import answers.xlsx --mapping mapping.yaml";
    SCHEMA:
        "casebook schema show -o .vscode/case.schema.json"
        "casebook schema doc -o guide.html";
    SCHEMA_SHOW:
        "casebook schema show -o .vscode/case.schema.json"
        "casebook schema show --manifest -o .vscode/casebook.schema.json";
    SCHEMA_CHECK:
        "casebook schema check";
    SCHEMA_DOC:
        "casebook schema doc -o contributing/guide.md"
        "casebook schema doc -o guide.html";
    SCHEMA_TEMPLATE:
        "casebook schema template -o contributing/blank-case.yaml";
    SCHEMA_ISSUE_FORM:
        "casebook schema issue-form -o .github/ISSUE_TEMPLATE/case.yml";
    SCHEMA_HTML_FORM:
        "casebook schema html-form -o case-form.html";
    NEW:
        "casebook new \"Telestroke in Ystad\""
        "casebook new \"Telestroke in Ystad\" --region SE224 --theme telestroke --no-input"
        "casebook new \"Telestroke in Ystad\" --id ystad-telestroke --stdout";
    INIT:
        "casebook init my-casebook"
        "casebook init my-casebook --title \"Care at a distance\" --language de --country DE,AT,CH"
        "casebook init --template case";
    EXPLAIN:
        "casebook explain unknown-region"
        "casebook explain";
    COMPLETIONS:
        "casebook completions bash > ~/.local/share/bash-completion/completions/casebook"
        "casebook completions zsh > ~/.zfunc/_casebook"
        "casebook completions fish > ~/.config/fish/completions/casebook.fish";
    MAN:
        "casebook man | man -l -"
        "casebook man schema doc"
        "casebook man -o ~/.local/share/man/man1";
}
