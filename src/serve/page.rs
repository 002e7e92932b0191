//! Owns what pages get on their way to a browser: the script that hears of changes, and leave to run it.
//!
//! Pages as they are written to a disk have neither.

/// Where the script is.
pub(super) const LIVE_PATH: &str = ".casebook/live.js";

/// The script.
pub(super) const LIVE_SCRIPT: &str = include_str!("live.js");

/// How every page begins to say what it may load: nothing.
const POLICY: &str = "content=\"default-src 'none'; ";

/// What a page may load in a preview beside.
const EVENTS: &str = "connect-src 'self'; ";
const SCRIPTS: &str = "script-src 'self'; ";

/// How a page says which scripts it runs.
const OWN_SCRIPTS: &str = "script-src ";

/// A page as it is served, by the name of the build that it is of.
pub(super) fn live(page: &[u8], build: &str) -> Vec<u8> {
    let Ok(page) = std::str::from_utf8(page) else { return page.to_vec() };
    let Some((head, body)) = page.split_once("</head>") else { return page.as_bytes().to_vec() };
    let head = match head.split_once(POLICY) {
        Some((before, after)) => [before, POLICY, EVENTS, &with_scripts(after)].concat(),
        None => head.to_owned(),
    };
    [&head, &script(build), "</head>", body].concat().into_bytes()
}

/// The rest of a head, from where the rest of its policy begins, in which the script may run too.
fn with_scripts(rest: &str) -> String {
    let policy = rest.split('"').next().unwrap_or_default();
    match policy.find(OWN_SCRIPTS) {
        Some(at) if !policy.contains("script-src 'self'") => {
            let (before, after) = rest.split_at(at + OWN_SCRIPTS.len());
            [before, "'self' ", after].concat()
        }
        Some(_) => rest.to_owned(),
        None => [SCRIPTS, rest].concat(),
    }
}

/// A page of the server's own that says one thing.
pub(super) fn plain(words: &str, build: &str) -> String {
    own(words, "<p><a href=\"/\">Go to the beginning</a></p>", build)
}

/// The page to begin at where there is no site: what else may be had.
pub(super) fn start(paths: &[&str], build: &str) -> String {
    let items: String =
        paths.iter().map(|path| format!("<li><a href=\"/{path}\">{path}</a></li>")).collect();
    own("The preview", &format!("<ul>{items}</ul>"), build)
}

fn own(title: &str, rest: &str, build: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" {POLICY}{EVENTS}{SCRIPTS}\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} – casebook watch</title><link rel=\"icon\" href=\"data:,\">{}</head>\
         <body><main><h1>{title}</h1>{rest}</main></body></html>\n",
        script(build)
    )
}

fn script(build: &str) -> String {
    format!("<script defer src=\"/{LIVE_PATH}\" data-build=\"{build}\"></script>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_run_the_script_and_nothing_else_is_let_in() {
        let page = |policy: &str| {
            format!("<html><head><meta content=\"default-src 'none'; {policy}\"></head><p></head>")
        };
        let served = |policy| String::from_utf8(live(page(policy).as_bytes(), "1-2")).unwrap();
        let script = "<script defer src=\"/.casebook/live.js\" data-build=\"1-2\"></script>";
        assert_eq!(
            served("script-src 'self'; base-uri 'none'"),
            format!(
                "<html><head><meta content=\"default-src 'none'; connect-src 'self'; \
                 script-src 'self'; base-uri 'none'\">{script}</head><p></head>"
            )
        );
        let one_file = served("style-src 'sha256-x'");
        assert!(
            one_file.contains("connect-src 'self'; script-src 'self'; style-src"),
            "{one_file}"
        );
        let with_own = served("style-src 'sha256-x'; script-src 'sha256-y'; img-src data:");
        let allowed = "; script-src 'self' 'sha256-y'; img-src data:\"";
        assert!(with_own.contains(allowed), "{with_own}");
    }
}
