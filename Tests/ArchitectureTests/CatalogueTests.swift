import AssayDetectors
import AssayModel
import AssayParsing
import AssayReports
import Foundation
import TestSupport
import Testing

/// Catalogues, files, fixtures and ids say the same: what is added in one place is not forgotten in another.
@Suite struct CatalogueTests {
  /// Names, without `.swift` and folded, of the files below a folder in whose code some text stands.
  private func files(below folder: String, holding text: String) -> Set<String> {
    Set(
      ProjectTree.swiftFiles(below: folder).filter { path in
        ProjectTree.code(path).contains { $0.contains(text) && !$0.contains("protocol ") }
      }.map { folded(URL(filePath: $0).deletingPathExtension().lastPathComponent) })
  }

  private func expectKebabCase(_ ids: [String], _ place: SourceLocation = #_sourceLocation) {
    #expect(Set(ids).count == ids.count, "an id stands twice", sourceLocation: place)
    for id in ids {
      #expect(id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, "\(id)", sourceLocation: place)
    }
  }

  /// Names in a folder of fixtures.
  private func folders(in path: String) throws -> Set<String> {
    let names = try FileManager.default.contentsOfDirectory(atPath: ProjectTree.root.appending(path: path).path)
    return Set(names.filter { ProjectTree.isFolder(ProjectTree.root.appending(path: "\(path)/\($0)").path) })
  }

  @Test func `every log format is a file of its id and stands in the catalogue`() {
    let ids = FormatCatalog.all.map { $0.card.id }
    expectKebabCase(ids)
    let files = files(below: "Sources/AssayParsing/Formats", holding: ": LogFormat")
    #expect(files == Set(ids.map(folded)))
  }

  @Test func `every detector is a file of its id, stands in the catalogue and has fixtures`() throws {
    let ids = DetectorCatalog.cards.map(\.id)
    expectKebabCase(ids)
    #expect(ids.count <= 64, "a set of detectors is 64 bits")
    #expect(files(below: "Sources/AssayDetectors/Detectors", holding: ": Detector") == Set(ids.map(folded)))
    #expect(try folders(in: "fixtures/detectors") == Set(ids))
    for id in ids {
      for name in ["flag", "pass"] {
        #expect(!ProjectTree.text("fixtures/detectors/\(id)/\(name).jsonl").isEmpty, "\(id)/\(name).jsonl")
      }
    }
  }

  @Test func `every report is a file of its id, stands in the catalogue and has golden files`() throws {
    let ids = ReportCatalog.all.map { $0.card.id }
    expectKebabCase(ids)
    #expect(files(below: "Sources/AssayReports", holding: ": Report {") == Set(ids.map { folded($0) + "report" }))
    let folders = try folders(in: "fixtures/reports")
    for id in ids { #expect(folders.contains(id), "\(id)") }
  }

  @Test func `every profile is a file of its name and stands in the catalogue`() {
    let names = ProfileCatalog.all.map(\.name)
    expectKebabCase(names)
    #expect(
      files(below: "Sources/AssayParsing/Profiles", holding: "static let ").isSuperset(
        of: names.map { folded($0) + "profile" }))
  }

  @Test func `every threshold says where its number comes from, and lies in its range`() {
    for card in DetectorCatalog.cards {
      expectKebabCase(card.thresholds.map(\.name))
      #expect(
        !card.thresholds.contains { ["enabled", "shadow"].contains($0.name) }, "\(card.id): names of every detector")
      for threshold in card.thresholds {
        #expect(threshold.origin.count > 5, "\(card.id).\(threshold.name)")
        #expect(threshold.range.contains(threshold.standard), "\(card.id).\(threshold.name)")
      }
    }
  }

  @Test func `ids of one kind are not those of another where both are typed at the same place`() {
    // `explain` takes detectors and names; `-o` chooses reports by extension; `--log-format` takes formats and aliases.
    let names = FormatCatalog.all.flatMap { [$0.card.id] + $0.card.aliases }.map { $0.lowercased() }
    #expect(Set(names).count == names.count)
    let extensions = ReportCatalog.all.flatMap { $0.card.fileExtensions } + ["db"]
    #expect(Set(extensions).count == extensions.count)
  }
}
