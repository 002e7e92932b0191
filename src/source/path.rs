//! Owns paths inside a casebook, and the wall around it.

/// The path from the root of a file named from another file's folder; none if it leaves the root.
///
/// Only forward slashes part folders: a backslash is refused, so that one casebook means the same
/// on every system.
pub fn resolve(from: &str, path: &str) -> Option<String> {
    let absolute = path.starts_with('/') || path.contains(['\\', ':', '\0']);
    if absolute || path.is_empty() {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_casebook() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(resolve("cases/a.yaml", path).as_deref(), expected, "{path}");
        };
        check("a.png", Some("cases/a.png"));
        check("./img//a.png", Some("cases/img/a.png"));
        check("../img/a.png", Some("img/a.png"));
        check("../../a.png", None);
        check("x/../../../a.png", None);
        check("/etc/passwd", None);
        check("C:\\a.png", None);
        check("..\\..\\a.png", None);
        check("file:///a.png", None);
        check("..", None);
    }
}
