// swift-tools-version: 6.2
import PackageDescription

// One set of rules for every target of ours: Swift 6 concurrency, explicit existentials and imports,
// memory safety checked, no warning left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A library of ours: `imports` is the row of the module table (design.md §2) and is what the architecture test checks.
func module(_ name: String, imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict)
}

/// The tests of one module, in a folder that mirrors it.
func tests(of name: String, also: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "TestSupport"] + (name == "AssayModel" ? [] : ["AssayModel"]) + also,
    swiftSettings: strict)
}

/// A C library that Debian ships; the package name is what `make` installs.
func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["AssayCLI"]),
    .library(name: "Assay", targets: ["Assay"]),
  ],
  dependencies: [
    // Flags, help, man page and completions from one declaration each.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // SQLite with prepared statements, transactions and errors as values: the results file (`-o audit.db`).
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // YAML whose nodes know their line and column: settings and profiles.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // What Debian has, and no package does as well or as fast.
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),  // gzip, everywhere
    system("CIsal", pkgConfig: "libisal", apt: "libisal-dev"),  // gzip, 2.6 to 3.3 times as fast (measured)
    system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    system("CBzip2", apt: "libbz2-dev"),  // ships no .pc file
    system("CLzma", pkgConfig: "liblzma", apt: "liblzma-dev"),
    system("CMaxMind", pkgConfig: "libmaxminddb", apt: "libmaxminddb-dev"),  // .mmdb files
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),  // SHA-256 with the processor's instructions

    // What Swift has no word for: which of 64 bytes are a certain one, as 64 bits. A header of our own, nothing to link.
    .systemLibrary(name: "CVector"),

    // The words that everybody speaks.
    module("AssayModel"),
    // The rooms. Siblings never import each other but as named here.
    module(
      "AssayIngest",
      imports: ["AssayModel", "CZlib", "CIsal", "CZstd", "CBzip2", "CLzma", "CMaxMind", "CCrypto"]),
    module("AssayParsing", imports: ["AssayModel", "CVector"]),
    module("AssaySessions", imports: ["AssayModel"]),
    module("AssayDetectors", imports: ["AssayModel"]),
    module("AssayMeasurement", imports: ["AssayModel"]),
    module(
      "AssayReports", imports: ["AssayMeasurement", "AssayModel", .product(name: "GRDB", package: "GRDB.swift")]),
    module("AssaySimulator", imports: ["AssayModel"]),
    // The facade: wires the street.
    module(
      "Assay",
      imports: [
        "AssayModel", "AssayIngest", "AssayParsing", "AssaySessions", "AssayDetectors", "AssayMeasurement",
        "AssayReports", "AssaySimulator", .product(name: "Yams", package: "Yams"),
      ]),
    // One file a subcommand: flags to settings, exit codes, no logic.
    .executableTarget(
      name: "AssayCLI",
      dependencies: [
        "Assay", "AssayReports", "AssayModel", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport",
      dependencies: ["AssayModel", "AssayIngest", "CZlib", "CZstd", "CBzip2", "CLzma"],
      path: "Tests/TestSupport", swiftSettings: strict),
    tests(of: "AssayModel"),
    tests(of: "AssayIngest"),
    tests(of: "AssayParsing"),
    tests(of: "AssaySessions"),
    tests(of: "AssayDetectors"),
    tests(of: "AssayMeasurement"),
    tests(
      of: "AssayReports", also: ["AssayMeasurement", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "AssaySimulator"),
    tests(
      of: "Assay",
      also: [
        "AssayIngest", "AssayParsing", "AssayDetectors", "AssayMeasurement", "AssayReports", "AssaySessions",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "ArchitectureTests",
      dependencies: ["AssayParsing", "AssayDetectors", "AssayReports", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "AssayCLITests", dependencies: ["AssayCLI", "TestSupport"], swiftSettings: strict),
  ]
)
