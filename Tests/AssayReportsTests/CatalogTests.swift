import AssayMeasurement
import AssayModel
import Testing

@testable import AssayReports

@Suite struct CatalogTests {
  @Test func `ids and extensions are different, in kebab case, and found`() {
    let cards = ReportCatalog.all.map { $0.card }
    #expect(Set(cards.map(\.id)).count == cards.count)
    let extensions = cards.flatMap(\.fileExtensions)
    #expect(Set(extensions).count == extensions.count)
    for card in cards {
      #expect(card.id.utf8.allSatisfy { 0x61...0x7a ~= $0 || $0 == 0x2d })
      #expect(ReportCatalog.report(id: card.id)?.card == card)
      for name in card.fileExtensions {
        #expect(ReportCatalog.report(fileExtension: name)?.card == card)
        #expect(ReportCatalog.report(fileExtension: name.uppercased())?.card == card)
      }
    }
    #expect(ReportCatalog.report(fileExtension: "exe") == nil)
  }

  @Test(arguments: ReportCatalog.all.map { $0.card.id }, Samples.all.map(\.name))
  func `a report is told from a log by its beginning`(id: String, name: String) throws {
    let report = try #require(ReportCatalog.report(id: id))
    let result = try #require(Samples.all.first { $0.name == name }).result
    for options in [ReportOptions(), ReportOptions(width: 60, color: true)] {
      let bytes = Array(report.text(of: result, options: options).utf8)
      #expect(OwnOutput.kind(Array(bytes.prefix(OwnOutput.bytesToTell))) == "a report (\(id))")
      #expect(OwnOutput.kind(Array(bytes.dropFirst())) == nil)
    }
    #expect(OwnOutput.kind([]) == nil && OwnOutput.kind(Array("SQLite format 3\0".utf8)) == nil)
  }

  @Test(arguments: ReportCatalog.all.map { $0.card.id })
  func `no report shows an address that privacy forbids`(id: String) throws {
    let report = try #require(ReportCatalog.report(id: id))
    #expect(report.text(of: Samples.small).contains("198.51.100.7") == (id != "csv"))
    for privacy in [AddressPrivacy.truncated, .hashed { StableHash.of($0.high, $0.low, 5) }] {
      let text = report.text(of: Samples.small, options: ReportOptions(privacy: privacy))
      for secret in ["198.51.100.7", "2001:db8:0:42", "1122334455667788", "feed000000000001"] {
        #expect(!text.contains(secret), "\(id) shows \(secret)")
      }
    }
  }

  @Test(arguments: ReportCatalog.all.map { $0.card.id })
  func `no report lets a log act on a terminal`(id: String) throws {
    let text = try #require(ReportCatalog.report(id: id)).text(of: Samples.odd)
    for scalar in text.unicodeScalars {
      let isActive =
        scalar.value < 0x20 && scalar != "\n" && !(id == "csv" && scalar == "\r") || 0x7f..<0xa0 ~= scalar.value
        || 0x202a...0x202e ~= scalar.value || 0x2066...0x2069 ~= scalar.value
      #expect(!isActive, "U+\(String(scalar.value, radix: 16)) in \(id)")
    }
  }

  @Test func `addresses that privacy makes equal are added up`() {
    var result = Samples.small
    result.worstAddresses = [
      .init(address: Address(v4: 0xc633_6401), events: 4, invalid: 2),
      .init(address: Address(v4: 0xc633_6402), events: 3, invalid: 3),
      .init(address: Address(v4: 0xc000_0201), events: 9, invalid: 4),
    ]
    #expect(
      AddressPrivacy.truncated.result(result).worstAddresses == [
        .init(address: Address(v4: 0xc633_6400), events: 7, invalid: 5),
        .init(address: Address(v4: 0xc000_0200), events: 9, invalid: 4),
      ])
  }

  /// The worked example of standards.md §8.3 from the rendered ads on.
  @Test func `the waterfall is that of the standards' worked example`() {
    var result = Samples.empty
    var totals = LedgerRow(standards: 1)
    totals.impressions.givt = 57_000
    totals.impressions.sivt = 44_650
    totals.impressions.valid = 848_350
    totals.totalNet[0].viewable = 473_379
    totals.totalNet[0].notViewable = 290_136
    totals.totalNet[0].undetermined = 84_835
    totals.net = totals.totalNet
    result.totals = totals
    result.standards = [Samples.standards[0]]
    let text = TerminalReport.text(of: result)
    for figure in ["950,000", "57,000", "893,000", "44,650", "848,350", "763,515 ", "90.0%", "473,379", "62.0%"] {
      #expect(text.contains(figure), "\(figure)")
    }
  }

  @Test func `lines keep to the width unless a number or a command alone is wider`() {
    for width in [60, 80, 100, 120, 200] {
      for line in TerminalReport.text(of: Samples.small, options: ReportOptions(width: width)).split(separator: "\n") {
        #expect(Display.width(String(line)) <= width, "\(line)")
      }
    }
    #expect(ReportOptions(width: 1).width == 60 && ReportOptions(width: 999).width == 200)
  }

  @Test func `a name that a shell would run is not offered as a command`() {
    let text = TerminalReport.text(of: Samples.odd)
    #expect(!text.contains("explain audit.db campaign=$("))
    #expect(TerminalReport.text(of: Samples.small).contains("assay explain audit.db campaign=spring-sale"))
  }

  @Test func `no report calls anybody human`() {
    for report in ReportCatalog.all { #expect(!report.text(of: Samples.small).lowercased().contains("human")) }
  }
}
