//! Owns the verb `export`.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::args::{Export, ExportFormat, Global};
use super::messages::Messages;
use super::terminal::Terminal;
use super::validate::open;
use crate::app::{self, DataFormat, DataOptions, Status};
use crate::disk;
use crate::model::Artifact;

pub(super) fn run(global: &Global, args: &Export, terminal: &Terminal) -> Result<Status> {
    let disk = open(global, None)?;
    let options = DataOptions { format: format(args)?, filters: args.filter.clone() };
    let mut outcome = app::export_data(&disk, &options)?;
    let artifacts = std::mem::take(&mut outcome.artifacts);
    // Standard output is for the data, in a CI job too.
    let status = terminal.report(&outcome, &Messages::for_people(), &disk.folder())?;
    if status != Status::Clean {
        terminal.progress("nothing was exported; what was exported before is as it was");
        return Ok(status);
    }
    match (&args.output, artifacts.as_slice()) {
        (output, artifacts) if options.format == DataFormat::Package => {
            write_package(output.as_deref(), disk.root(), artifacts, terminal)?;
        }
        (Some(path), [file]) => {
            disk::write_file_with_folder(path, &file.bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
            terminal.progress(&format!("wrote {}", path.display()));
        }
        (_, files) => {
            for file in files {
                terminal.print_data(&file.bytes)?;
            }
        }
    }
    Ok(status)
}

/// What is asked for. Tables are the parts of CSV alone.
fn format(args: &Export) -> Result<DataFormat> {
    let table = args.table.map(|table| table.table());
    let of_file = || args.output.as_deref().and_then(format_of_file);
    let format = args.format.or_else(of_file).unwrap_or(ExportFormat::Csv);
    Ok(match (format, table) {
        (ExportFormat::Csv, table) => DataFormat::Csv(table.unwrap_or(app::DataTable::Cases)),
        (ExportFormat::Json, None) => DataFormat::Json,
        (ExportFormat::Jsonl, None) => DataFormat::JsonLines,
        (ExportFormat::Datapackage, None) => DataFormat::Package,
        (_, Some(_)) => bail!(
            "`--table` chooses one of the tables in CSV\n  leave out `--format`, and let the file end in `.csv`"
        ),
    })
}

/// The form that the name of a file promises.
fn format_of_file(path: &Path) -> Option<ExportFormat> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "json" => Some(ExportFormat::Json),
        "jsonl" | "ndjson" => Some(ExportFormat::Jsonl),
        _ => None,
    }
}

/// Writes a package into its own folder, or into the folder of the builds, which lists what casebook
/// made there.
fn write_package(
    output: Option<&Path>,
    root: &Path,
    artifacts: &[Artifact],
    terminal: &Terminal,
) -> Result<()> {
    let Some(folder) = output else {
        let folder = root.join("build");
        disk::write(&folder, artifacts)?;
        terminal.progress(&format!("exported {}", folder.join(app::DATA_FOLDER).display()));
        return Ok(());
    };
    let at_top = |artifact: &Artifact| Artifact {
        path: artifact.path.trim_start_matches(app::DATA_FOLDER).to_owned(),
        bytes: artifact.bytes.clone(),
    };
    disk::write(folder, &artifacts.iter().map(at_top).collect::<Vec<_>>())?;
    terminal.progress(&format!("exported {}", folder.display()));
    Ok(())
}
