import Assay
import AssayMeasurement
import AssayModel
import AssayReports
import TestSupport
import Testing

/// What `--lists` takes, what is left out, and that both are told.
struct ListLoadingTests {
  let bench = Workbench()

  private func tool(_ lists: String) async throws -> AuditResult.Tool {
    let log = bench.write(combined("/"), to: "a.log")
    return try await bench.audit([log], ["lists": lists]).result.tool
  }

  @Test func `files and folders are taken together, and a kind that is said wins over the name`() async throws {
    bench.write("192.0.2.0/24\n", to: "lists/hosting.txt")
    bench.write("examplebot\n", to: "lists/more/robots.txt")
    bench.write("# Version: 3\n198.51.100.0/24\n", to: "mine.txt")
    bench.write("203.0.113.0/24\n", to: "bots/ranges.txt")
    let names = ["mine.txt", "bots/ranges.txt", "lists/"].map(bench.path)
    let tool = try await tool("exempt=\(names[0]),\(names[1]),\(names[2])")
    #expect(
      tool.lists.map { "\($0.name) \($0.kind) \($0.entries) \($0.version ?? "-")" }.dropFirst() == [
        "hosting.txt data-centre 1 -", "mine.txt exempt 1 3", "more/robots.txt robots 1 -",
        "ranges.txt crawler-networks 1 -",
      ])
    #expect(tool.lists.allSatisfy { $0.sha256.count == 64 } && tool.lists[0].name == "built-in robots")
    #expect(tool.listRemarks.isEmpty)
    let turned = try await self.tool("\(names[2]),\(names[1]),exempt=\(names[0]),\(names[1])")
    #expect(turned.lists == tool.lists, "the order of the arguments, and a file named twice, change nothing")
  }

  @Test func `what a folder holds beside lists is left out and told in every report`() async throws {
    bench.write("192.0.2.0/24\nnonsense\n192.0.2.0/24\n", to: "lists/hosting.txt")
    for name in ["README", "README.md", "LICENSE-MIT", "more/notes.md", ".gitignore"] {
      bench.write("examplebot\n", to: "lists/\(name)")
    }
    bench.write("<html></html>\n", to: "lists/amazon.html")
    bench.write("[{\"::1\": {\"autonomous_system_number\": 1}}]\n", to: "lists/my-ASN-Test.json")
    bench.write("0.0.0.0/0\n", to: "lists/cloud.txt")
    bench.write("no database", to: "lists/x.mmdb")
    bench.write("192.0.2.1\n", to: "lists/tor-nodes.lst")
    let log = bench.write(combined("/"), to: "a.log")
    let store = bench.path("audit.db")
    var rows = RowFiles()
    rows.store = store
    let outcome = try await bench.audit([log], ["lists": bench.path("lists")], rows: rows)
    #expect(
      outcome.result.tool.listRemarks.map(\.name) == [
        "amazon.html", "cloud.txt", "hosting.txt", "my-ASN-Test.json", "tor-nodes.lst", "x.mmdb",
      ])
    #expect(outcome.remarks.count == 6 && outcome.remarks[0].hasPrefix("list amazon.html: Left out."))
    #expect(outcome.result.tool.lists.map(\.name) == ["built-in robots", "hosting.txt"])
    for text in [
      JSONReport.text(of: outcome.result), TerminalReport.text(of: outcome.result),
      MarkdownReport.text(of: outcome.result),
    ] { #expect(text.contains("nonsense") && text.contains("amazon.html") && text.contains("exits of the Tor")) }
    #expect(try ResultStore(path: store).result().tool.listRemarks == outcome.result.tool.listRemarks)
  }

  @Test func `a file that is named and cannot be used is refused`() async throws {
    for (name, text) in [
      ("mine.txt", "192.0.2.0/24\n"), ("tor-nodes.lst", "192.0.2.1\n"), ("notes.txt", "hello\n"), ("x.mmdb", "hello"),
      ("my-asn.json", "[{\"::1\": {\"autonomous_system_number\": 1}}]"), ("README.md", "examplebot\n"),
    ] {
      let path = bench.write(text, to: name)
      let error = await #expect(throws: AssayError.self) { try await tool(path) }
      #expect(error?.code == .settings && error?.location?.source == path, "\(name)")
    }
    let unknown = await #expect(throws: AssayError.self) { try await tool("exemt=\(bench.path("mine.txt"))") }
    #expect(unknown?.code == .noInput && unknown?.message.contains("“exemt” is no kind of list") == true)
    #expect(unknown?.message.contains("did you mean “exempt”?") == true)
    let path = await #expect(throws: AssayError.self) { try await tool(bench.path("none=1.txt")) }
    #expect(path?.code == .noInput && path?.message.contains("kind") == false)
    let stream = await #expect(throws: AssayError.self) { try await tool("-") }
    #expect(stream?.code == .usage)
  }

  @Test func `a settings file may give a sequence`() throws {
    var settings = Settings()
    try settings.read(file: bench.write("lists: [a, data-centre=b/c.txt]\n", to: "one.yaml"))
    #expect(settings.lists == ["a", "data-centre=b/c.txt"])
    try settings.read(file: bench.write(settings.yaml, to: "two.yaml"))
    #expect(settings.lists == ["a", "data-centre=b/c.txt"])
    for text in ["lists: ['a,b']\n", "lists: [[a]]\n", "jobs: [2]\n"] {
      let error = #expect(throws: AssayError.self) { try settings.read(file: bench.write(text, to: "bad.yaml")) }
      #expect(error?.location?.line == 1, "\(text)")
    }
  }
}
