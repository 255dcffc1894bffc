import AssayDetectors
import AssayModel
import Foundation
import TestSupport

/// One line of `fixtures/detectors/<id>/{flag,pass}.jsonl`; `fixtures/detectors/README.md` describes the shape.
struct DetectorFixture: Decodable, Sendable {
  var name: String
  var events: [EventText]
  var agents: [String]?
  var slots: [SlotText]?
  var lists: [String: String]?
  var settings: [String: Double]?
  var crowd: Crowd?
  var others: [Others]?
  var finds: [Int]?

  struct EventText: Decodable, Sendable {
    var kind: String
    var at: Double
    var id: String?
    var address: String?
    var agent: Int?
    var slot: Int?
    var page: String?
    var document: String?
    var order: String?
    var flags: [String]?
    var key: String?
    var every: Double?
    var times: Int?
    var gaps: [Double]?
  }

  struct SlotText: Decodable, Sendable {
    var campaign: String?
    var placement: String?
    var creative: String?
    var publisher: String?
    var width: Int?
    var height: Int?
  }

  struct Crowd: Decodable, Sendable {
    var addresses: Int?
    var visitors: Int?
    var events: Int?
    var neighbours: Int?
    var every: Double?
    var kind: String?
    var slot: Int?
    var page: String?
    var orphans: Int?
    var strays: Int?
    var clicks: Int?
  }

  /// Further visitors of the run, all alike but for what is listed.
  struct Others: Decodable, Sendable {
    var visitors: Int
    /// Seconds by which each begins later than the one before.
    var step: Double?
    /// Up to how many seconds each event is off, from a fixed seed.
    var jitter: Double?
    /// `#` is the visitor's number modulo 250.
    var address: String?
    /// The user agents, by turns.
    var agents: [Int]?
    /// The slots, by turns.
    var slots: [Int]?
    /// Of how many pages each impression is on one, by its number and its visitor's.
    var pages: UInt64?
    var events: [EventText]

    /// The visitor with a number of its own.
    func copy(_ copy: Int, of visit: Visit, visitor: UInt64) -> Visit {
      var random = SeededGenerator(seed: visitor)
      var events = visit.events
      for index in events.indices {
        let off = (jitter ?? 0) * Double(random.next() % 2_001) / 1_000 - (jitter ?? 0)
        events[index].time.microseconds += Int64(((step ?? 0) * Double(copy) + off) * 1_000_000)
        events[index].visitor = visitor
        events[index].position = SourcePosition(source: 1, offset: Int(visitor) * 1_000 + index)
        if events[index].impression != 0 { events[index].impression = StableHash.of(events[index].impression, visitor) }
        if let address { events[index].address = Address(address.replacing("#", with: "\(copy % 250)")) ?? .none }
        if let pages {
          events[index].document = UInt16(1 + StableHash.of(visitor, UInt64(index)) % min(pages, 65_535))
        }
        if let agents { events[index].agent = UInt32(agents[copy % agents.count]) }
        if let slots { events[index].slot = UInt32(slots[copy % slots.count]) }
      }
      return Visit(events: events, agents: visit.agents, slots: visit.slots)
    }
  }

  static func load(_ id: String, _ file: String) throws -> [DetectorFixture] {
    let path = root.appending(path: "fixtures/detectors/\(id)/\(file).jsonl")
    let text = try String(contentsOf: path, encoding: .utf8)
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(DetectorFixture.self, from: Data($0.utf8))
    }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  var visit: Visit { visit(events) }

  private func visit(_ texts: [EventText]) -> Visit {
    var all: [Event] = []
    for text in texts {
      var at = text.at
      let repeats = text.gaps?.count ?? ((text.times ?? 1) - 1)
      for number in 0...repeats {
        all.append(event(text, at: at, ordinal: all.count, number: number))
        if number < repeats { at += text.gaps?[number] ?? text.every ?? 0 }
      }
    }
    return Visit(events: all, agents: ["", ""] + (agents ?? [Visit.browser]), slots: slotTable)
  }

  /// The context of the run: the visit among the crowd, learned by so many builders, in an order of the seed's.
  func context(builders count: Int = 1, seed: UInt64? = nil) throws -> DetectorContext {
    var lists = ListSet()
    for (name, text) in (self.lists ?? [:]).sorted(by: { $0.key < $1.key }) {
      try lists.add(name: name, bytes: Array(text.utf8))
    }
    let visit = self.visit
    let run = LearningContext(slots: visit.slots, agents: AgentTable(visit.agents))
    let learners = try Judge.learners(JudgeSettings(), coverage: [:])
    var builders = (0..<count).map { _ in PopulationBuilder(run, learners: learners) }
    for (number, visit) in visits(seed: seed).enumerated() {
      builders[number % count].add(visit.facts, visit.events.span)
    }
    while builders.count > 1 {
      let last = builders.removeLast()
      builders[builders.count - 1].merge(last)
    }
    return DetectorContext(
      agents: visit.agents, slots: visit.slots, lists: lists, population: Population(builders.removeLast()))
  }

  /// All visitors of the run, the one at issue first, or in an order of the seed's.
  private func visits(seed: UInt64?) -> [Visit] {
    var visits = [visit] + (crowd?.visits(near: visit) ?? [])
    var number: UInt64 = 100_000
    for group in others ?? [] {
      for copy in 0..<group.visitors {
        visits.append(group.copy(copy, of: self.visit(group.events), visitor: number))
        number += 1
      }
    }
    guard let seed else { return visits }
    var random = SeededGenerator(seed: seed)
    return visits.shuffled(using: &random)
  }

  private func event(_ text: EventText, at seconds: Double, ordinal: Int, number: Int) -> Event {
    var event = Visit.event(EventKind.allCases.first { $0.name == text.kind } ?? .page, at: seconds)
    event.position = SourcePosition(source: 0, offset: ordinal)
    let id = text.id.map { $0.contains("#") ? $0.replacing("#", with: String(number)) : $0 }
    event.impression = id.map { StableHash.of(text: $0) } ?? 0
    if let address = text.address { event.address = address == "-" ? .none : Address(address) ?? .none }
    event.agent = UInt32(text.agent ?? 2)
    event.slot = UInt32(text.slot ?? 0)
    event.page = text.page.map { UInt32(truncatingIfNeeded: StableHash.of(text: $0)) } ?? 0
    if let document = text.document?.replacing("#", with: String(number)) {
      event.document = UInt16(truncatingIfNeeded: StableHash.of(text: document)) | 1
    }
    event.detail = text.order.map { StableHash.of(text: $0) } ?? 0
    if text.key == "none" { event.key = .none }
    if text.key == "first-party" { event.key = .firstParty }
    for flag in text.flags ?? [] {
      switch flag {
      case "prefetch": event.flags.insert(.prefetch)
      case "test": event.flags.insert(.test)
      case "unexpanded-macro": event.flags.insert(.unexpandedMacro)
      case "inexact-address": event.flags.insert(.inexactAddress)
      case "subsecond": event.flags.insert(.subsecond)
      case "video": event.flags.insert(.video)
      case "out-of-view": event.flags.insert(.outOfView)
      case "declared-not-viewable": event.flags.insert(.declaredNotViewable)
      default: preconditionFailure("unknown flag \(flag) in a fixture")
      }
    }
    return event
  }

  private var slotTable: SlotTable {
    var table = SlotTable()
    for text in slots ?? [] {
      var slot = AdSlot()
      for (dimension, name) in [
        (Dimension.campaign, text.campaign), (.placement, text.placement), (.creative, text.creative),
        (.publisher, text.publisher),
      ] {
        guard let name else { continue }
        let known = table.names[dimension.rawValue].firstIndex(of: name)
        if known == nil { table.names[dimension.rawValue].append(name) }
        slot.names[dimension] = UInt32(known ?? table.names[dimension.rawValue].count - 1)
      }
      if let width = text.width { slot.width = UInt16(width) }
      if let height = text.height { slot.height = UInt16(height) }
      table.slots.append(slot)
    }
    return table
  }
}

extension DetectorFixture.Crowd {
  /// The other visitors of the run, the same at each call.
  func visits(near visit: Visit) -> [Visit] {
    var random = SeededGenerator(seed: 42)
    var visits: [Visit] = []
    func person(_ number: Int, at address: String, _ count: Int) -> Visit {
      var events: [Event] = []
      var at = Double(random.next() % 3_000)
      for _ in 0..<count {
        let kind = EventKind.allCases.first { $0.name == self.kind } ?? .impression
        var event = Visit.event(kind, at: at, from: address, visitor: UInt64(1_000 + number))
        event.slot = UInt32(slot ?? 0)
        event.page = page.map { UInt32(truncatingIfNeeded: StableHash.of(text: $0)) } ?? 0
        events.append(event)
        at += every ?? Double(2 + random.next() % 40)
      }
      return Visit(events: events)
    }
    var number = 0
    for address in 0..<(addresses ?? 0) {
      for _ in 0..<(visitors ?? 1) {
        // About geometric: most people do little, some do much.
        var count = 1
        while count < 200, random.next() % UInt64(max(2, events ?? 5)) != 0 { count += 1 }
        visits.append(
          person(number, at: "203.0.\(112 + address / 256).\(address % 256)", every == nil ? count : events ?? 5))
        number += 1
      }
    }
    for _ in 0..<(neighbours ?? 0) {
      visits.append(person(number, at: visit.events.first?.address.description ?? "-", events ?? 5))
      number += 1
    }
    for click in 0..<(clicks ?? 0) {
      let id = UInt64(900_000 + click)
      var events = [Visit.event(.click, at: 5_000, id: id, from: "203.0.113.9", visitor: id)]
      if click >= orphans ?? 0 {
        events.append(Visit.event(.impression, at: 4_990, id: id, from: "203.0.113.9", visitor: id))
      }
      if click < strays ?? 0 { events[1].impression = id + 1 }
      visits.append(Visit(events: events))
    }
    return visits
  }
}
