//! Owns the digest of a set of files, by which anybody can tell whether two sets are the same.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::resolve;

/// The SHA-256 of a list of files with the SHA-256 of each, in the order of their paths' bytes.
///
/// The list is what `sha256sum` prints, so that it can be made again with that program alone: of
/// each file its digest in hexadecimal digits, two blanks, its path and a line break. In a path with a
/// backslash or a line break these are written as `\\`, `\n` and `\r`, behind a backslash at the start
/// of the line. A file that comes twice counts once.
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    // `./a` and `a` are one file, whichever way the manifest writes it.
    let bare = |path: &str| resolve("", path).unwrap_or_else(|| path.to_owned());
    let files: BTreeMap<String, &[u8]> =
        files.into_iter().map(|(path, bytes)| (bare(path), bytes)).collect();
    let mut list = String::new();
    for (path, bytes) in files {
        let escaped = path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
        let mark = if escaped == path { "" } else { "\\" };
        list.extend([mark, &sha256(bytes), "  ", &escaped, "\n"]);
    }
    sha256(list.as_bytes())
}

/// The SHA-256 of bytes in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        // Writing to a text cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        // printf a > b; printf '' > 'x\y'; LC_ALL=C sha256sum b 'x\y' | sha256sum
        let files: [(&str, &[u8]); 3] = [("x\\y", b""), ("b", b"a"), ("./b", b"a")];
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            digest(files),
            "84860cb92fc03109cb4683dc09369a1d95ac88d9cfe98394eb32107b98b8d5c4"
        );
    }
}
