//! Owns what each field of the data is: a line a field, for people who write templates.

use super::{Field, Record};

macro_rules! records {
    ($($record:literal, $about:literal { $($name:literal: $kind:literal, $meaning:literal;)* })*) => {
        /// All dictionaries that templates get, the report first. A field that `inputs` puts into one
        /// has its line here.
        pub const RECORDS: &[Record] = &[$(Record {
            name: $record,
            about: $about,
            fields: &[$(Field { name: $name, kind: $kind, about: $meaning }),*],
        }),*];
    };
}

records! {
    "report", "All of the report. It is `sys.inputs.report`, and what every section gets." {
        "title": "text", "The report's title.";
        "subtitle": "text?", "The line under the title.";
        "language": "language", "The report's language.";
        "notice": "text?", "A notice for the cover and the imprint.";
        "date": "datetime?", "The date of the edition, else of the build.";
        "style": "style", "What the manifest sets of the look; system.typ puts it into effect.";
        "edition": "edition?", "Which edition this is.";
        "part": "part?", "Which part of the cases it holds, if they were chosen by anything but their reviews.";
        "draft": "draft?", "What a draft shows to editors; none if the report is no draft.";
        "publisher": "text?", "Who publishes it.";
        "licence": "text?", "Its licence.";
        "isbn": "text?", "Its number in the book trade.";
        "doi": "text?", "Its DOI.";
        "url": "text?", "Its address on the web.";
        "series": "text?", "The series that it belongs to, with its number there.";
        "contact": "report-contact?", "Whom readers may write to.";
        "citation": "how-to-cite", "How the report itself is cited.";
        "editors": "[editor]", "Who edited it.";
        "working-group": "working-group?", "Whose report it is.";
        "network": "network?", "The network around the group.";
        "activities": "[activity]", "What the group did, in the order of the manifest.";
        "links": "[link]", "Useful links.";
        "contents": "[item]", "What stands in the report, in order.";
        "cases": "[case]", "All cases, in the order of their ids.";
        "themes": "[theme]", "The themes, in the order of the manifest.";
        "groups": "[group]", "The cases in the groups under which the report shows them, each case once.";
        "figures": "figures?", "What was counted and summed up; none on pages of a site that show none of it.";
        "evidence": "evidence?", "What the cases measured. A page of the site that does not show it has none.";
        "timeline": "[span]", "When the cases ran, the earliest first.";
        "case-lists": "[lists-of-table]", "The lists of cases that counts lead to, by table.";
        "changes": "changes?", "What is new since an earlier edition, if the report is told of one. A page of the site that does not show it has none.";
        "lessons": "[lessons-of-theme]", "What the cases teach, by their first theme.";
        "setbacks": "[setback]", "The cases that did not succeed, the failures first.";
        "indexes": "indexes", "The cases by region, theme, organisation and standard.";
        "completeness": "[checklist]", "The cases held against each checklist of the manifest.";
        "finder": "finder", "What the page of all cases on the site offers to choose them by.";
        "references": "[reference]", "All that the report rests on, the cases included: each once, numbered.";
        "glossary": "[term]", "The terms that the manifest explains, in the order of the alphabet.";
        "colophon": "colophon", "What the report was made with and from.";
    }
    "site", "What every page of the site shows around what is its own. It is `sys.inputs.site`; its fields are those of the report, but for the last." {
        "title": "text", "The report's title.";
        "subtitle": "text?", "The line under the title.";
        "part": "part?", "Which part of the cases it holds.";
        "draft": "draft?", "What a draft shows to editors.";
        "language": "language", "The report's language.";
        "date": "datetime?", "The date of the edition, else of the build.";
        "edition": "edition?", "Which edition this is.";
        "editors": "[editor]", "Who edited it.";
        "publisher": "text?", "Who publishes it.";
        "licence": "text?", "Its licence.";
        "url": "text?", "Its address on the web.";
        "doi": "text?", "Its DOI.";
        "ways": "[way]", "The pages that all pages lead to.";
    }
    "page", "A page of the site. It has the fields of its kind beside those of a way to it." {
        "path": "text", "Its path from the folder of the site.";
        "kind": "text", "`home`, `chapter`, `section`, `case-lists`, `about`, `themes`, `theme`, `regions`, `region` or `case`.";
        "title": "text?", "Its title, if it is not a fixed word.";
        "section": "text", "The section by its word in the manifest. Only of a section.";
        "key": "text", "The key of the theme or the code of the region. Only of a theme or a region.";
        "language": "language?", "The language of the title. Only of a case; none if it is that of the report.";
        "number": "integer?", "Which of its pages it is. Only of what is too long for one page.";
        "pages": "[text]?", "The paths of all its pages, in order. Only of what is too long for one page.";
        "crumbs": "[way]", "The pages around it, the outermost first.";
        "previous": "way?", "The page before it.";
        "next": "way?", "The page after it.";
        "report": "report", "The report, with those of its parts that the page shows: what else grows with the cases is empty, and `figures` none. With own templates nothing is left out. Of a chapter, a section, the first page, the lists and the imprint.";
        "item": "item?", "The chapter. Only of a chapter.";
        "case": "case?", "The case. Only of a case.";
        "theme-pages": "[way?]", "The pages of the case's themes in their order, none for one that has no page. Only of a case.";
        "region-pages": "[way?]", "The same of its regions. Only of a case.";
        "description": "text?", "What the theme is. Only of a theme.";
        "themes": "[way]", "The themes: of the first page, those of the first level; of the page of all themes, all.";
        "regions": "[way]", "The outermost regions. Only of the first page and of the page of all regions.";
        "inside": "[way]", "The themes or regions that lie in it. Only of a theme or a region.";
        "contents": "[way]", "The pages that readers walk through. Only of the first page.";
        "parts": "[placed]", "Figures of the cases of a theme or a region, if they are enough for figures, and the cases.";
    }
    "way", "A page, as others lead to it. It has the fields of its kind." {
        "path": "text", "Its path from the folder of the site.";
        "kind": "text", "What kind of page it is.";
        "title": "text?", "Its title, if it is not a fixed word.";
        "section": "text", "The section by its word in the manifest. Only of a section.";
        "key": "text", "The key of the theme or the code of the region. Only of a theme or a region.";
        "language": "language?", "The language of the title. Only of a case.";
        "cases": "integer", "How many cases it has. Only of a theme or a region where these are listed.";
        "parent": "text?", "The key of the theme around it. Only of a theme where these are listed.";
        "description": "text?", "What the theme is. Only of a theme where these are listed.";
        "inside": "[way]", "The regions inside it. Only of a region in the tree of all.";
    }
    "finder", "What the page of all cases on the site offers to choose them by." {
        "map": "map?", "The map of all cases, if any region has a known place.";
        "order": "[integer]", "The positions of all cases, in the order of their titles.";
        "facets": "[offered-facet]", "The facets, without those that have nearly as many values as there are cases.";
    }
    "offered-facet", "A facet with the values that any case has." {
        "key": "text", "Its name, as commands take it: `region`, `outcome`.";
        "title": "text?", "Its title, if the manifest adds it; else the key is not there.";
        "values": "[offered-value]", "Its values, regions and themes of the first level alone.";
    }
    "offered-value", "A value of a facet." {
        "value": "text", "The value, as commands take it.";
        "title": "text", "Its name, or a word of the form.";
        "count": "integer", "How many cases have it, or a value inside of it.";
        "inside": "[offered-value]", "The regions or themes that lie in it.";
    }
    "language", "A language, as `set text` takes it." {
        "tag": "text", "Its tag as it is written, such as `de-AT`.";
        "code": "text", "Its code, such as `de`.";
        "country": "text?", "The code of its country, such as `AT`.";
        "hyphenated": "boolean", "Whether Typst knows how to break its words.";
    }
    "style", "What the manifest sets of the look." {
        "colors": "{color}", "Colours by the names that system.typ gives them, those alone that follow from the accent.";
        "paper": "text", "The size of the paper, as Typst calls it: `a4` or `us-letter`.";
        "case-columns": "integer", "How many columns the story of a case is set in: 1 or 2.";
        "fonts": "families", "The families of letters.";
        "logo": "picture?", "The logo for the cover.";
        "cover": "picture?", "The picture for the cover.";
    }
    "families", "Families of letters, where the manifest names them." {
        "text": "text?", "That of running text.";
        "headings": "text?", "That of headings, labels and tables.";
    }
    "picture", "A picture of the manifest." {
        "body": "content", "The picture, with its text for readers who cannot see it.";
        "credit": "text?", "Who made it.";
    }
    "edition", "An edition of the report." {
        "number": "integer?", "Its number.";
        "date": "text", "Its date.";
        "draft": "boolean", "Whether it is still being worked on.";
    }
    "changes", "What is new since an earlier edition." {
        "edition": "edition?", "The earlier edition, if it says which it is.";
        "added": "[case-reference]", "The cases that are new, in the order of the alphabet.";
        "changed": "[changed-case]", "The cases that say something else than before, in the order of the alphabet.";
        "removed": "[removed-case]", "The cases that are no longer in the report.";
        "themes": "turned-themes", "The themes that came and went with their cases.";
        "regions": "turned-regions", "The regions that came and went with their cases.";
        "figures": "[figure-then-and-now]", "Key figures, without those that neither edition has.";
    }
    "changed-case", "A case that says something else than before." {
        "case": "case-reference", "The case.";
        "fields": "[field-name]", "The fields in which it does, in the order of its file, as far as there is room.";
        "more": "integer", "How many fields there are beyond these.";
    }
    "field-name", "A field of a case by its names." {
        "key": "text", "The field's key.";
        "title": "text?", "Its title, if it is a field of the group's own.";
    }
    "removed-case", "A case that is no longer in the report." {
        "title": "text", "Its title.";
        "language": "language?", "Its language, if it is not the report's.";
    }
    "turned-themes", "Themes that came and went with their cases." {
        "gained": "[text]", "The titles of those that have a case now and had none.";
        "lost": "[text]", "The titles of those that had a case and have none now.";
    }
    "turned-regions", "Regions that came and went with their cases." {
        "gained": "[region]", "Those that have a case now and had none.";
        "lost": "[region]", "Those that had a case and have none now.";
    }
    "figure-then-and-now", "A key figure in two editions." {
        "key": "text", "What is counted: `cases`, `countries`, `regions`, `measures`, `sources`, or the cases of an outcome, a word of the form.";
        "before": "integer", "What it was.";
        "now": "integer", "What it is.";
    }
    "part", "The part of the cases that the report holds." {
        "choices": "[choice]", "What its cases have in common.";
        "of": "integer", "How many cases the whole has.";
    }
    "choice", "A choice of cases by one facet." {
        "facet": "facet-name", "The facet.";
        "values": "[text]", "The values, by their names or as words of the form. One of them is enough.";
        "negated": "boolean", "Whether the cases that have one of them are left out rather than kept.";
    }
    "draft", "What a draft shows to editors, and no other report has." {
        "faulty": "[faulty-file]", "The files with errors.";
    }
    "faulty-file", "A file with errors: a case is left out, a chapter may lack something." {
        "path": "text", "Its path in the casebook.";
        "remarks": "[remark]", "What is wrong, as far as there is room.";
        "more": "integer", "How many remarks there are beyond these.";
    }
    "case-draft", "What a draft shows to editors of a case." {
        "review": "text?", "Where its review stands, a word of the form.";
        "remarks": "[remark]", "What is open, as far as there is room.";
        "more": "integer", "How many remarks there are beyond these.";
    }
    "remark", "Something that casebook found in a file." {
        "code": "text", "Its name, which `casebook explain` takes, such as `raw-html`.";
        "message": "text?", "What is wrong; none where that would show what is private.";
        "place": "text?", "Where, as file and line.";
    }
    "report-contact", "Whom readers may write to." {
        "name": "text?", "A person or an office.";
        "email": "text?", "An address for e-mail.";
        "url": "text?", "A page on the web.";
    }
    "how-to-cite", "How the report itself is cited." {
        "words": "content", "In words, in the style that the manifest names.";
        "bibtex": "text", "As an entry of BibTeX.";
    }
    "editor", "Somebody who edited the report." {
        "name": "text", "The name.";
        "affiliation": "text?", "Where they work.";
    }
    "working-group", "The group whose report it is." {
        "name": "text", "Its name.";
        "description": "content?", "What it is and wants.";
        "url": "text?", "Its address on the web.";
    }
    "network", "The network around the group." {
        "name": "text", "Its name.";
        "description": "content?", "What it is.";
        "origin": "content?", "Where it comes from.";
        "countries": "[region]", "The partner countries.";
        "members": "[member]", "Organisations in it.";
        "bodies": "[described]", "Its bodies and what they do.";
        "projects": "[project]", "Its projects.";
        "expert-groups": "[described]", "Its expert groups.";
        "event-types": "[described]", "The kinds of events that it holds.";
    }
    "member", "An organisation in the network." {
        "name": "text", "Its name.";
        "region": "region?", "Where it is.";
        "note": "text?", "A remark.";
        "url": "text?", "Its address on the web.";
    }
    "described", "Something with a name and a description." {
        "name": "text", "Its name.";
        "description": "content?", "What it is or does.";
        "url": "text?", "Its address on the web.";
    }
    "project", "A project of the network." {
        "name": "text", "Its name.";
        "period": "period?", "When it ran.";
        "description": "content?", "What it was about.";
        "url": "text?", "Its address on the web.";
    }
    "activity", "Something that the group did." {
        "title": "text", "What it was.";
        "type": "text", "Its type, a word of the form: `meeting`, `seminar`, `conference` and others.";
        "date": "text?", "When it was, or when it began.";
        "end": "text?", "When it ended, if it took longer than its date says.";
        "place": "text?", "Where it was.";
        "description": "content?", "More about it.";
        "url": "text?", "Its address on the web.";
    }
    "link", "A page where a reader can go on." {
        "title": "text", "What is there.";
        "url": "text", "Where it is.";
        "note": "text?", "A remark.";
    }
    "item", "An entry of the contents: a chapter or a section. It has only the fields of its kind." {
        "kind": "text", "`chapter` or `section`.";
        "parts": "[content|placed]", "The chapter: its texts, in which its title is a heading of the first level with a label, and what it places between them. Only of a chapter.";
        "section": "text", "The name of the section, such as `lessons`. Only of a section.";
    }
    "placed", "A figure, a table, cases or a section that a chapter places in its text. It has only the fields of its kind." {
        "kind": "text", "`figure`, `table`, `cases` or `section`.";
        "caption": "text?", "The editor's caption.";
        "choice": "[condition]", "The conditions that its cases meet; empty if it is about all.";
        "count": "integer", "How many cases it is about.";
        "subject": "text", "`map`, `region-theme`, `theme-outcome`, `timeline`, `barriers`, `before-after` or `completeness`; `by` for any other counts by facets. Only of a figure or a table.";
        "by": "[facet-name]", "The facets whose values are counted, one or two; empty where nothing is. Only of a figure or a table.";
        "data": "map|[cell]|cross-table|[span]|[found-measure]|[checklist]?", "What it shows of its cases: of `map` a map, if any region has a known place; of `timeline` spans; of `before-after` measures; of `completeness` checklists; else counts, cells by one facet and a cross-table by two. Only of a figure or a table.";
        "as": "text", "`cards`, `list` or `table`. Only of cases.";
        "cases": "[card]", "The cases, in the order that the chapter asks for. Only of cases.";
        "section": "text", "The name of the section, such as `lessons`. Only of a section.";
    }
    "condition", "A condition that cases meet. Of several that keep cases by the same facet, one is enough." {
        "facet": "facet-name", "The facet.";
        "value": "text", "The value, by its name or as a word of the form.";
        "negated": "boolean", "Whether the cases that have the value are left out rather than kept.";
    }
    "facet-name", "What a facet is called; `facet-name` of words.typ sets it. It has a title or a key." {
        "title": "text", "Its title, if the manifest adds it.";
        "key": "text", "The key of its name in words.typ, behind `facet-`.";
        "level": "integer", "Which level of regions it is about. Only of the key `region-level`.";
    }
    "card", "A case that a chapter places in its text." {
        "case": "case-reference", "The case.";
        "regions": "[region]", "Its regions, the home region first.";
        "period": "period?", "When it ran.";
        "status": "text?", "Where it stands, a word of the form.";
        "outcome": "text?", "What came of it, a word of the form.";
        "summary": "text?", "The first sentences of its summary.";
    }
    "case", "A case." {
        "id": "text", "Its id, the name of its file.";
        "label": "text", "The label that its title must be given: all links to the case lead there.";
        "title": "text", "Its title.";
        "language": "language?", "The language that it is written in, if that is not the report's.";
        "summary": "text?", "Its summary.";
        "keywords": "[text]", "Keywords.";
        "licence": "text?", "The licence of its text.";
        "regions": "[region]", "Its regions, the home region first.";
        "scope": "text?", "How far it reaches, a word of the form.";
        "period": "period?", "When it ran.";
        "themes": "[text]", "The titles of its themes.";
        "status": "text?", "Where it stands, a word of the form.";
        "outcome": "text?", "What came of it, a word of the form.";
        "facets": "[facet]", "What it has of the facets that the manifest adds.";
        "evidence-level": "text?", "How well its results are known, a word of the form.";
        "organisations": "[organisation]", "Who was part of it.";
        "story": "[field]", "Its aims, problem, solution and so on, as far as it tells them.";
        "technology": "technology?", "What it is built of.";
        "challenges": "[field]", "What stood in the way, by kind.";
        "sections": "[own-field]", "What the group's own form adds, in the form's order.";
        "scale": "[measure]", "How large it is.";
        "results": "[measure]", "What came of it, in figures.";
        "funding": "[funding]", "What it was given.";
        "costs": "[cost]", "What it cost.";
        "worked": "[content]", "What worked.";
        "did-not-work": "[content]", "What did not.";
        "advice": "[content]", "What its people advise others.";
        "conditions": "[content]", "What it takes to do the same elsewhere.";
        "transferred-to": "[content]", "Where others did the same.";
        "sources": "[source]", "What it rests on, numbered. Each must be given its label.";
        "images": "[image]", "Its pictures.";
        "related": "[case-reference]", "Other cases of the report that it names.";
        "links": "[link]", "Links.";
        "completeness": "[case-completeness]", "How complete it is, by each checklist.";
        "draft": "case-draft?", "What a draft shows to editors; none if the report is no draft.";
        "contact": "contact?", "Whom to ask, if that may be published.";
    }
    "region", "A region." {
        "code": "text", "Its code as it was written.";
        "name": "text", "Its name, with that of its country where it is not one.";
        "country": "text?", "The name of its country.";
    }
    "period", "A period of time." {
        "start": "text", "When it began: a date, a month or a year.";
        "end": "text?", "When it ended, if it did.";
    }
    "facet", "What a case has of a facet that the manifest adds." {
        "title": "text", "The facet's title.";
        "values": "[text]", "The case's values in it, by their names.";
    }
    "organisation", "An organisation that was part of a case." {
        "name": "text", "Its name.";
        "role": "text?", "What it did, a word of the form: `lead`, `partner`, `supplier` or `funder`.";
        "region": "region?", "Where it is.";
        "url": "text?", "Its address on the web.";
    }
    "field", "A long text of the built-in form." {
        "field": "text", "The field's key, a word of the form.";
        "body": "content", "What the case says.";
    }
    "technology", "What a case is built of." {
        "description": "content?", "What it is.";
        "standards": "[text]", "The standards that it follows.";
        "components": "[text]", "What it is put together from.";
    }
    "own-field", "A field of the group's own form." {
        "title": "text", "The field's title.";
        "body": "own-value", "What the case says.";
    }
    "own-value", "A value of the group's own form. It has only the fields that its shape needs." {
        "shape": "text", "`text`, `words`, `date`, `answer`, `number`, `link`, `list`, `table` or `definitions`.";
        "body": "content|text|boolean|figure|[own-value]|[own-field]", "Of a text, content; of an answer, a boolean; of a number, a figure; of a list, its values; of definitions, their fields; of the others, a text. A table has none.";
        "unit": "text?", "The unit of a number.";
        "columns": "[text]", "The titles of a table's columns.";
        "rows": "[[own-value?]]", "The rows of a table, a value a column.";
    }
    "measure", "A figure of a case." {
        "measure": "text", "What was counted or measured.";
        "value": "figure", "What came out.";
        "qualifier": "text?", "How exact it is, a word of the form such as `about`.";
        "baseline": "figure?", "What it is compared with.";
        "unit": "text?", "Its unit.";
        "interval": "[number]?", "The two ends of an interval around it.";
        "when": "period?", "When it was so.";
        "note": "text?", "A remark.";
        "sources": "[citation]", "What it rests on.";
    }
    "citation", "A source where it is cited." {
        "text": "text", "Its number in the case's sources.";
        "label": "text?", "The label to lead to, if the report shows the case.";
    }
    "funding", "Money that a case was given." {
        "funder": "text?", "Who gave it.";
        "programme": "text?", "The programme that it came from.";
        "amount": "figure?", "How much.";
        "qualifier": "text?", "How exact that is, a word of the form.";
        "currency": "text?", "The currency's code.";
        "year": "integer?", "The year.";
        "note": "text?", "A remark.";
        "sources": "[citation]", "What it rests on.";
    }
    "cost", "Something that a case cost." {
        "what": "text", "What was paid for.";
        "amount": "figure?", "How much.";
        "qualifier": "text?", "How exact that is, a word of the form.";
        "currency": "text?", "The currency's code.";
        "year": "integer?", "The year.";
        "frequency": "text?", "`one-off` or `yearly`, a word of the form.";
        "note": "text?", "A remark.";
        "sources": "[citation]", "What it rests on.";
    }
    "source", "A source in the list in which it is numbered." {
        "key": "text", "Its key.";
        "number": "integer", "Its number, from 1.";
        "label": "text", "The label that its entry must be given: all citations lead there.";
        "title": "text", "Its title.";
        "author": "text?", "Who wrote it.";
        "publisher": "text?", "Who published it.";
        "year": "integer?", "When.";
        "url": "text?", "Its address on the web.";
        "doi": "text?", "Its DOI.";
        "accessed": "text?", "When it was last read.";
    }
    "image", "A picture of a case." {
        "body": "content", "The picture, with its text for readers who cannot see it.";
        "caption": "text?", "Its caption.";
        "credit": "text?", "Who made it.";
    }
    "case-reference", "A case where it is led to." {
        "id": "text", "Its id.";
        "label": "text?", "The label to lead to, if the report shows its cases.";
        "title": "text", "Its title.";
        "language": "language?", "The language of its title, if that is not the report's.";
        "outcome": "text?", "What came of it, a word of the form.";
        "region": "region?", "Its home region.";
    }
    "case-completeness", "How complete a case is by one checklist." {
        "name": "text", "The checklist's name.";
        "met": "integer", "How many items it meets.";
        "asked": "integer", "How many are asked for.";
        "partly": "integer", "How many it meets in part.";
        "missing": "[text]", "The numbers of the items that it lacks.";
        "explained": "[explained]", "The items that it says why it leaves out.";
    }
    "explained", "An item that a case says why it leaves out." {
        "no": "text", "The item's number.";
        "reason": "text", "Why.";
    }
    "contact", "Whom to ask about a case. It is there only if the case says that it may be published." {
        "name": "text?", "Who.";
        "email": "text?", "Their address.";
        "organisation": "text?", "Where they work.";
    }
    "theme", "A theme of the manifest." {
        "key": "text", "Its key.";
        "title": "text", "Its title.";
        "description": "text?", "What belongs to it.";
    }
    "group", "Cases that the report shows together." {
        "title": "text", "The theme or the country; empty for cases without one.";
        "description": "text?", "What belongs to it, of a theme.";
        "cases": "[integer]", "The positions of its cases in `report.cases`.";
    }
    "figures", "What was counted and summed up. Each count leads to its cases." {
        "cases": "integer", "How many cases there are.";
        "countries": "integer", "How many countries they lie in.";
        "regions": "integer", "How many regions they name.";
        "measures": "integer", "How many figures they give.";
        "sources": "integer", "How many sources they name.";
        "outcome": "[cell]?", "The cases by outcome.";
        "challenge": "[cell]?", "The cases by kind of challenge.";
        "standard": "[cell]?", "The cases by standard.";
        "component": "[cell]?", "The cases by component.";
        "declared": "[declared-facet]", "The cases by each facet that the manifest adds.";
        "map": "map?", "The map, if any region has a known place.";
        "country-theme": "cross-table", "The cases by country and theme.";
        "theme-outcome": "cross-table", "The cases by theme and outcome.";
        "year-outcome": "cross-table?", "The cases by the year in which they began and outcome, if there are too many for a line each.";
        "coverage": "coverage", "What has no case.";
        "compared": "integer", "How many measures have something to be compared with.";
        "money": "money", "What they were given and what they cost.";
    }
    "cell", "A value of a facet, with the cases that have it." {
        "link": "text?", "The label of the case, or of the list of cases, that the count leads to.";
        "key": "text", "The value's key.";
        "title": "text", "Its name.";
        "cases": "integer", "How many cases have it.";
    }
    "declared-facet", "A facet that the manifest adds." {
        "title": "text", "Its title.";
        "cells": "[cell]?", "Its values.";
        "cases": "integer", "How many cases have any.";
    }
    "count", "A count that leads to its cases." {
        "count": "integer", "How many.";
        "link": "text?", "The label to lead to.";
    }
    "cross-table", "Counts by two facets." {
        "rows": "[text]", "The names of the rows.";
        "cells": "[[count]]", "The counts, a list a row.";
        "row-totals": "[count]", "How many cases each row has, each case once.";
        "column-totals": "[count]", "How many each column has.";
        "columns": "[text]", "The names of the columns.";
        "total": "integer", "How many there are in all.";
    }
    "map", "A map, drawn already: its measures are in points of a page." {
        "width": "number", "Its width.";
        "height": "number", "Its height.";
        "label-size": "number", "The size of its labels.";
        "europe": "boolean", "Whether it shows Europe; else the world.";
        "land": "text", "The outlines of countries, as the data of one path of SVG.";
        "dots": "[dot]", "The dots, in the order to draw them.";
        "labels": "[map-label]", "The names beside them.";
        "unplaced": "[text]", "Regions whose place is not known.";
    }
    "dot", "A dot of the map: a region, or several at one place." {
        "key": "text", "The region's code.";
        "codes": "[text]", "The codes of all regions that it stands for.";
        "name": "text", "The region's name.";
        "x": "number", "How far from the left.";
        "y": "number", "How far from the top.";
        "radius": "number", "Its radius.";
        "cases": "integer", "How many cases there are.";
        "parts": "[dot-part]", "What came of them.";
        "link": "text?", "The label to lead to.";
    }
    "dot-part", "The cases of a dot that came out alike." {
        "key": "text?", "The outcome, a word of the form; none for cases without one.";
        "cases": "integer", "How many cases.";
    }
    "map-label", "A name on the map." {
        "text": "text", "The name.";
        "x": "number", "How far from the left.";
        "y": "number", "How far from the top.";
        "anchor": "text", "Which part of the name stands there: `start`, `middle` or `end`.";
    }
    "coverage", "What has no case." {
        "themes": "[text]", "Themes without a case.";
        "countries": "[lacking]", "What each country lacks.";
        "groups": "[region-group]", "How far the groups of regions of the manifest are covered.";
    }
    "lacking", "What a country lacks." {
        "title": "text", "The country.";
        "cases": "integer", "How many cases it has.";
        "lacking": "[text]", "Themes of which it has none.";
    }
    "region-group", "A group of regions that the report is meant to cover." {
        "name": "text", "Its name.";
        "cases": "count", "The cases in it.";
        "members": "[group-member]", "Its regions.";
    }
    "group-member", "A region of such a group." {
        "code": "text", "Its code.";
        "cases": "count", "Its cases.";
        "title": "text", "Its name.";
    }
    "evidence", "What the cases measured." {
        "measures": "integer", "How many figures there are.";
        "cases": "integer", "How many cases give any.";
        "gathered": "[gathered]", "What several cases measured.";
        "compared": "[found-measure]", "Figures that have something to be compared with.";
        "charted": "[charted]", "Those of them that charts show, by their units.";
    }
    "charted", "Measures that stand together in a chart." {
        "unit": "text?", "Their unit.";
        "measures": "[found-measure]", "The measures.";
    }
    "gathered", "What several cases measured." {
        "title": "text", "What it is.";
        "unit": "text?", "Its unit.";
        "better": "text?", "Which way is better, if the manifest says so: `higher` or `lower`.";
        "low": "number?", "The least of the figures.";
        "high": "number?", "The greatest.";
        "measures": "[found-measure]", "The figures.";
    }
    "found-measure", "A [measure](#measure) with the case that it comes from." {
        "measure": "text", "What was counted or measured.";
        "value": "figure", "What came out.";
        "qualifier": "text?", "How exact it is, a word of the form.";
        "baseline": "figure?", "What it is compared with.";
        "unit": "text?", "Its unit.";
        "interval": "[number]?", "The two ends of an interval around it.";
        "when": "period?", "When it was so.";
        "note": "text?", "A remark.";
        "sources": "[citation]", "What it rests on.";
        "case": "case-reference", "Whose figure it is.";
        "list": "text", "Where it stands in the case: `scale` or `results`.";
        "change": "change?", "What changed against the baseline.";
    }
    "change", "The difference between a figure and its baseline." {
        "direction": "text", "`up`, `down` or `level`.";
        "absolute": "number", "How much.";
        "relative": "number?", "How much as a part of the baseline, where that makes sense.";
        "is-better": "boolean?", "Whether that is to the good, if the manifest says which way better is.";
    }
    "money", "Amounts, added up only within one currency." {
        "funding": "[money-row]", "What was given, by programme.";
        "costs": "[money-row]", "What was spent, by how often.";
        "currency": "text?", "The report's currency.";
        "rates": "[rate]", "The rates by which amounts were converted.";
    }
    "money-row", "A sum." {
        "kind": "text?", "The programme, or how often it was paid.";
        "currency": "text?", "The currency's code.";
        "sum": "number?", "The sum.";
        "rough": "boolean", "Whether any of the amounts is not exact.";
        "amounts": "integer", "How many amounts were added.";
        "without-amount": "integer", "How many entries give none.";
        "converted": "number?", "The sum in the report's currency.";
        "cases": "count", "The cases.";
    }
    "rate", "A rate of the manifest." {
        "currency": "text", "The currency that it converts.";
        "rate": "number", "What one unit is worth.";
        "date": "text", "Its day.";
        "source": "text?", "Who published it.";
    }
    "span", "When a case ran." {
        "case": "case-reference", "The case.";
        "start": "number", "When it began, in years with fractions.";
        "end": "number?", "When it ended.";
        "period": "period?", "The same as it was written.";
        "status": "text?", "Where the case stands, a word of the form.";
        "outcome": "text?", "What came of it, a word of the form.";
    }
    "lists-of-table", "The lists of cases behind the counts of one table." {
        "title": "text|[facet-name]", "The table: a key of words.typ, the title of a facet, or the caption of a table in a chapter; the facets of one without a caption.";
        "about": "[text]", "What its cases were chosen by, if it is of a part of them: words of the form among them are named by the templates.";
        "lists": "[case-list]", "Its lists.";
    }
    "case-list", "The cases behind a count." {
        "label": "text", "The label that it must be given: the count leads there.";
        "title": "[text]", "What the cases have in common, in parts.";
        "cases": "[case-reference]", "The cases.";
    }
    "lessons-of-theme", "What the cases of a theme teach." {
        "title": "text", "The theme.";
        "worked": "[lesson]", "What worked.";
        "did-not-work": "[lesson]", "What did not.";
        "advice": "[lesson]", "What people advise.";
    }
    "lesson", "Something that a case teaches." {
        "body": "content", "What it is.";
        "case": "case-reference", "The case.";
    }
    "setback", "A case that did not succeed." {
        "case": "case-reference", "The case.";
        "outcome": "text", "What came of it, a word of the form.";
        "summary": "text?", "Its summary.";
        "did-not-work": "[content]", "What did not work.";
        "advice": "[content]", "What its people advise.";
    }
    "indexes", "The cases by what they have." {
        "regions": "[index-entry]", "By region.";
        "themes": "[index-entry]", "By theme.";
        "organisations": "[index-entry]", "By organisation.";
        "standards": "[index-entry]", "By standard.";
    }
    "index-entry", "An entry of an index." {
        "name": "text", "What the cases have.";
        "code": "text?", "The code of a region.";
        "cases": "[case-reference]", "The cases.";
    }
    "checklist", "A checklist, with what the cases make of it." {
        "name": "text", "Its name.";
        "reference": "text?", "Where it was published.";
        "address": "text?", "Its address on the web.";
        "licence": "text?", "Its licence.";
        "note": "text?", "A remark.";
        "by-section": "boolean", "Whether it is counted by its sections.";
        "asked": "integer", "How many items are asked for.";
        "items": "[checklist-item]", "The items.";
        "most-missing": "[missing-item]", "The items that most cases lack.";
        "cases": "[checklist-case]", "The cases.";
    }
    "checklist-item", "An item of a checklist, with how many cases meet it." {
        "met": "integer", "How many meet it.";
        "partly": "integer", "How many meet it in part.";
        "explained": "integer", "How many say why they leave it out.";
        "missing": "integer", "How many lack it.";
        "no": "text", "Its number.";
        "label": "text", "What it asks.";
        "optional": "boolean", "Whether a case may do without it.";
        "remembered": "boolean", "Whether its words come from memory and not from the published list.";
        "remark": "text?", "A remark.";
    }
    "missing-item", "An item that many cases lack." {
        "label": "text", "Its number and what it asks.";
        "cases": "integer", "How many cases lack it.";
    }
    "checklist-case", "A case held against a checklist." {
        "met": "integer", "How many items it meets.";
        "partly": "integer", "How many it meets in part.";
        "explained": "integer", "How many it says why it leaves out.";
        "missing": "integer", "How many it lacks.";
        "states": "[text]", "What it makes of each item: `met`, `partly`, `explained` or `missing`.";
        "case": "case-reference", "The case.";
    }
    "reference", "A source in the list of the whole report." {
        "number": "integer", "Its number, from 1.";
        "label": "text", "The label that its entry must be given: citations of the group's texts lead there.";
        "body": "content", "The source in words, in the style that the manifest names.";
        "cited": "[citing-place]", "The places that cite it.";
    }
    "citing-place", "A place that cites a source: a section, a chapter or a case. It has a title or a section." {
        "title": "text", "The title of the chapter or the case.";
        "language": "language?", "The language of that title, if it is not the report's. Only beside a title.";
        "section": "text", "The section: `imprint`, `activities`, `network` or `glossary`.";
        "label": "text?", "The label to lead to: of a case, that of the source there. None where the report has no such place.";
    }
    "term", "A term of the glossary." {
        "term": "text", "The term.";
        "label": "text", "The label that it must be given: other terms lead there.";
        "definition": "content", "What it means.";
        "see": "[term-reference]", "Other terms that say more.";
    }
    "term-reference", "A term where another leads to it." {
        "term": "text", "The term.";
        "label": "text", "The label to lead to.";
    }
    "colophon", "What the report was made with and from." {
        "casebook": "text", "The version of casebook.";
        "cases": "integer", "How many cases the report holds.";
        "digest": "text?", "A digest of all files that the report was made from: the same files give the same. A page of the site that does not show it has none.";
    }
}
