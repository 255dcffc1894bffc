import AssayModel
import Testing

@testable import AssaySimulator

@Suite struct LogTests {
  @Test func `The same scenario gives the same bytes, another seed others`() throws {
    let first = try Recording("tiny,seed=42")
    let second = try Recording("tiny,seed=42")
    let other = try Recording("tiny,seed=43")
    #expect(first.logs == second.logs && first.truth == second.truth)
    #expect(first.logs != other.logs && first.truth != other.truth)
    // Pinned: a change of these numbers is a change of every simulated log.
    let (log, truth) = (hash(first.logs[0]), hash(first.truth))
    #expect(log == 13_024_966_296_474_157_476)
    #expect(truth == 12_936_542_584_055_672_166)
  }

  @Test(
    arguments: [
      ("humans,events=2000", 11_020_215_326_590_429_410), ("mixed,events=2000", 3_592_537_098_066_688_891),
      ("benchmark,events=2000", 3_401_009_860_953_603_716), ("botnets,events=2000", 9_614_305_117_539_984_565),
    ] as [(String, UInt64)])
  func `The scenarios' bytes are pinned`(scenario: String, wanted: UInt64) throws {
    let recording = try Recording(scenario)
    let found = StableHash.of(hash(recording.logs[0]), hash(recording.truth))
    #expect(found == wanted, "\(scenario)")
  }

  private func hash(_ bytes: [UInt8]) -> UInt64 { StableHash.of(bytes: bytes.span) }

  @Test func `A simulator may run twice`() throws {
    var simulator = Simulator(try SimulationScenario.parse("tiny"))
    var sizes: [Int] = []
    for _ in 0..<2 {
      var size = 0
      try simulator.run { (_, bytes: Span<UInt8>) throws(AssayError) in
        size += bytes.count
      } truth: { (bytes: Span<UInt8>) throws(AssayError) in
        size += bytes.count
      }
      sizes.append(size)
    }
    #expect(sizes[0] == sizes[1] && sizes[0] > 100_000)
  }

  @Test func `An error of a sink ends the run`() throws {
    var simulator = Simulator(try SimulationScenario.parse("tiny"))
    #expect(throws: AssayError(.inputOutput, "")) {
      try simulator.run { (_, _) throws(AssayError) in
        throw AssayError(.inputOutput, "The disk is full.")
      } truth: { _ throws(AssayError) in
      }
    }
  }

  @Test func `The truth has a row for every line, where it stands, in the order of time`() throws {
    let recording = try Recording("mixed,events=4000,servers=3,subsecond=1")
    let lines = recording.lines()
    #expect(recording.logs.map { $0.count { $0 == 10 } }.reduce(0, +) == lines.count)
    var seen: [String: (offset: Int, number: Int, time: Int)] = [:]
    var last = 0
    for line in lines {
      let before = seen[line.source] ?? (0, 0, 0)
      #expect(line.offset == before.offset && line.number == before.number + 1)
      #expect(line.milliseconds >= last)
      last = line.milliseconds
      seen[line.source] = (line.offset + line.text.utf8.count + 1, line.number, last)
    }
    #expect(seen.count == 3)
    for (server, name) in ["access-1.log", "access-2.log", "access-3.log"].enumerated() {
      #expect(seen[name]?.offset == recording.logs[server].count)
    }
  }

  @Test func `Every line is in combined format and of the kind that the truth says`() {
    let names = ["ad-request": "request", "page": ""]
    for line in Recording.mixed {
      #expect(line.text.utf8.count { $0 == 34 } == 6 && line.text.hasSuffix("\""))
      #expect(Address(line.address) != nil)
      #expect(line.text.dropFirst(line.address.count).hasPrefix(" - - [0"))
      let request = line.quoted[0].split(separator: " ")
      #expect(request.count == 3 && request[2] == "HTTP/1.1")
      #expect(request[0] == (line.kind == "form" ? "POST" : "GET"))
      if line.kind == "page" {
        #expect(["/static/tag.js", "/robots.txt"].contains(line.target) || line.target.hasPrefix("/landing/"))
      } else {
        #expect(line.target.hasPrefix("/ad/\(names[line.kind] ?? line.kind)?"))
      }
      if line.kind != "page" && line.kind != "ad-request" { #expect(line.value("imp")?.count == 16) }
      #expect((line.viewable == "-") == (line.kind != "impression"))
    }
  }

  @Test func `Impressions, clicks and purchases carry what the ledger needs`() {
    for line in Recording.mixed {
      switch line.kind {
      case "impression":
        #expect(
          line.value("cid") != nil && line.value("pid") != nil && line.value("pub")?.hasSuffix(".example") == true)
        #expect(line.value("price").flatMap(Double.init).map { 0.0005...0.012 ~= $0 } == true)
      case "click":
        let size = line.value("size")?.split(separator: "x").compactMap { Int($0) } ?? []
        let (x, y) = (line.value("x").flatMap { Int($0) } ?? -1, line.value("y").flatMap { Int($0) } ?? -1)
        #expect(size.count == 2 && x >= 0 && y >= 0 && x < size[0] && y < size[1])
      case "conversion":
        #expect(line.value("order")?.count == 8)
        #expect(line.value("value").flatMap(Double.init).map { 5...250 ~= $0 } == true)
      case "video": #expect(["0", "25", "50", "75", "100"].contains(line.value("pct")))
      default: break
      }
    }
    for kind in EventKind.allCases { #expect(Recording.mixed.contains { $0.kind == kind.name }, "\(kind.name)") }
  }

  @Test func `An impression is viewable if the samples in the log say so`() {
    var placements: [String: Recording.Line] = [:]
    var samples: [String: [ExposureSample]] = [:]
    for line in Recording.mixed {
      guard let id = line.value("imp") else { continue }
      if line.kind == "impression", placements[id] == nil { placements[id] = line }
      if line.kind == "exposure", let text = line.value("s") {
        #expect(samples[id] == nil && placements[id] != nil)
        samples[id] = text.split(separator: "_").map(LogTests.sample)
      }
    }
    var (checked, measured) = (0, 0)
    for (id, line) in placements.sorted(by: { $0.key < $1.key }).prefix(1_500) {
      let size = line.value("size")?.split(separator: "x").compactMap { Int($0) } ?? [0, 0]
      let outcome = slowOutcome(
        samples[id] ?? [], area: size[0] * size[1], isVideo: line.value("media") == "video")
      #expect(outcome.name == line.viewable, "\(line.text)")
      checked += line.family == "home" ? 1 : 0
      measured += line.family == "home" && outcome != .undetermined ? 1 : 0
    }
    #expect(0.86...0.94 ~= Double(measured) / Double(checked))
  }

  /// `1200-55.5fe`.
  private static func sample(_ text: Substring) -> ExposureSample {
    let sides = text.split(separator: "-")
    let number = sides[1].prefix { $0.isNumber || $0 == "." }
    var state: ExposureSample.State = []
    for (flag, letter) in Words.letters where sides[1].utf8.contains(letter) { state.insert(flag) }
    let share = ((Double(number) ?? -1) * 100).rounded()
    return ExposureSample(milliseconds: Int32(sides[0]) ?? -1, share: UInt16(share), state: state)
  }

  @Test func `Pieces are large but bounded and end with a line`() throws {
    let recording = try Recording("mixed,events=4000,servers=1")
    #expect(recording.pieces > 3 && recording.largest < 1 << 19)
    #expect(recording.logs[0].last == 10 && recording.truth.last == 10)
  }

  @Test func `A planned line is small`() {
    #expect(MemoryLayout<PlannedLine>.stride <= 80)
  }

  @Test func `What waits to be written depends on how dense the traffic is, not on how long it lasts`() throws {
    let short = try Recording("mixed,events=3000,days=1,homes=500")
    let long = try Recording("mixed,events=9000,days=3,homes=500")
    #expect(long.peakPlannedLines < short.peakPlannedLines * 3 / 2 + 500)
    #expect(short.peakPlannedLines < 2_000)
    let bots = try [1, 3].map { try Recording("botnets,events=\($0 * 4_000),days=\($0),homes=500").peakPlannedLines }
    #expect(bots[1] < bots[0] * 3 / 2 + 500 && bots[0] < 3_000)
  }
}
