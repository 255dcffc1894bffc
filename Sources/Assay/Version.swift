/// Version of the program (semver.org), as `assay --version` and every report print it.
public let assayVersion = "0.1.0"
