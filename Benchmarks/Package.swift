// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that whoever uses Assay does not fetch the benchmark library.
let package = Package(
  name: "assay-benchmarks",
  dependencies: [
    // Named, so that the folder of the checkout may have any name.
    .package(name: "assay", path: ".."),
    // Without traits: jemalloc, which it would count allocations with, is not installed everywhere.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "AssayBenchmarks",
      dependencies: [
        .product(name: "Assay", package: "assay"), .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "AssayBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)
