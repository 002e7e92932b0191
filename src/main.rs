//! The program `casebook`; all of it lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    casebook::cli::run()
}
