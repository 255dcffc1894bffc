internal import AssayModel

/// A profile made ready for the lines: names become ordinals, conditions become comparisons. A class, because it is
/// shared and never changes: reading from it copies nothing.
final class CompiledProfile: Sendable {
  /// What is wanted of a request, and its ordinals.
  let wanted: WantedValues
  /// What a request is when the condition with the same ordinal holds.
  let rules: [CompiledRule]
  let conditions: ConditionTable
  /// Ordinals of conditions.
  let test: Range<Int>
  let video: Range<Int>
  let viewability: Range<Int>
  /// What those of `viewability` say.
  let says: [Viewability]
  /// For each of those three the values of which one must be given, all where one of its conditions asks for none.
  let testBits: UInt64
  let videoBits: UInt64
  let viewabilityBits: UInt64
  /// Whether there is a condition that asks for no value.
  let hasFreeMarks: Bool
  /// Values of which an ad slot is made.
  let slotBits: UInt64
  let macros: MacroFinder
  let pricePower: Int
  let trustedHops: [AddressPrefix]
  let internalNetworks: [AddressPrefix]
  let addressesAreInexact: Bool
  let judgesPages: Bool

  /// Short blank ids as a word each, and the others.
  private let blankWords: [(word: UInt64, count: Int)]
  private let blankIDs: [[UInt8]]
  /// Bit n: a blank id has n bytes; bit 63 stands for all from there on. Nearly every id is told from them by that.
  private let blankLengths: UInt64
  /// For each fact, by its ordinal: its places' values as bits, and where their ordinals stand in `places`, in order.
  private let facts: [FactPlaces]
  private let places: [Int]

  private struct FactPlaces: BitwiseCopyable {
    var bits: UInt64 = 0
    /// The only place, -1 where there are none or several.
    var only = -1
    var start: Int
    var end: Int
  }

  /// Makes a profile ready.
  ///
  /// - Throws: `settings` where it asks for more values or columns than a line can hold.
  init(_ profile: Profile) throws(AssayError) {
    var names = NameCollector(profile: profile.name)
    var conditions = ConditionRows()
    var (facts, places): ([FactPlaces], [Int]) = ([], [])
    for fact in Fact.allCases {
      var row = FactPlaces(start: places.count, end: places.count)
      for place in profile.facts[fact] ?? [] {
        places.append(try names.compile(place))
        row.bits |= 1 << UInt64(places[row.end])
        row.end += 1
      }
      if row.end == row.start + 1 { row.only = places[row.start] }
      facts.append(row)
    }
    (self.facts, self.places) = (facts, places)
    slotBits = Fact.slot.reduce(0) { $0 | facts[$1.ordinal].bits }
    // The conditions of the rules come first in the table, so that a rule and its condition share an ordinal.
    var rules: [CompiledRule] = []
    for rule in profile.rules {
      _ = try conditions.add(rule.condition, &names)
      let omits = rule.omits.reduce(UInt32(0)) { $0 | $1.bit }
      rules.append(CompiledRule(kind: rule.kind, percent: rule.percent ?? -1, omits: omits))
    }
    self.rules = rules
    test = try conditions.add(profile.test, &names)
    video = try conditions.add(profile.video, &names)
    viewability = try conditions.add(profile.viewability.map(\.condition), &names)
    says = profile.viewability.map(\.says)
    testBits = conditions.neededByAny(of: test)
    videoBits = conditions.neededByAny(of: video)
    viewabilityBits = conditions.neededByAny(of: viewability)
    hasFreeMarks = (profile.rules.count..<conditions.count).contains { conditions.needed($0) == 0 }
    self.conditions = ConditionTable(conditions)
    wanted = WantedValues(names)
    macros = MacroFinder(profile.macros)
    let blankIDs = profile.blankIDs.map { Array($0.utf8) }
    blankWords = blankIDs.filter { $0.count <= 8 }.map { (word($0.span, at: 0), $0.count) }
    self.blankIDs = blankIDs.filter { $0.count > 8 }
    blankLengths = blankIDs.reduce(0) { $0 | 1 << UInt64(min(63, $1.count)) }
    pricePower = profile.priceScale.power
    trustedHops = profile.trustedHops
    internalNetworks = profile.internalNetworks
    addressesAreInexact = profile.addressesAreInexact
    judgesPages = profile.judgesPages
  }

  /// The first piece among a fact's places that says something, or `.none`.
  @inline(__always)
  func find(_ fact: Fact, in request: Request, _ bytes: Span<UInt8>) -> Piece {
    let row = facts[fact.ordinal]
    if row.bits & request.given == 0 { return .none }
    if row.only >= 0 {
      let piece = request.values[row.only]
      return piece.isBlank(bytes) ? .none : piece
    }
    for index in row.start..<row.end {
      let piece = request.value(places[index])
      if !piece.isBlank(bytes) { return piece }
    }
    return .none
  }

  /// The hash of an id, decoded, from the first of a fact's places that carries one, or 0.
  @inline(__always)
  func idHash(_ fact: Fact, in request: Request, _ bytes: Span<UInt8>, _ scratch: inout [UInt8]) -> UInt64 {
    let row = facts[fact.ordinal]
    if row.bits & request.given == 0 { return 0 }
    if row.only >= 0 { return idHash(request.values[row.only], bytes, &scratch) }
    for index in row.start..<row.end {
      let hash = idHash(request.value(places[index]), bytes, &scratch)
      if hash != 0 { return hash }
    }
    return 0
  }

  @inline(__always)
  private func idHash(_ piece: Piece, _ bytes: Span<UInt8>, _ scratch: inout [UInt8]) -> UInt64 {
    if piece.isBlank(bytes) { return 0 }
    return withText(piece, of: bytes, &scratch) { text, start, end in
      isNoID(text, from: start, to: end) ? 0 : stableHash(text, from: start, to: end)
    }
  }

  /// Whether an id is one of the profile's blank ones or an unexpanded macro.
  @inline(__always)
  private func isNoID(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    let (head, count) = (lowBytes(word(text, at: start), end &- start), end &- start)
    if blankLengths & (1 &<< UInt64(truncatingIfNeeded: min(63, count))) != 0, isBlankID(text, start, count, head) {
      return true
    }
    // Every macro begins with `[`, `{`, `$` or `%`.
    let first = UInt8(truncatingIfNeeded: head)
    let mayBeMacro = first | 0x20 == UInt8(ascii: "{") || first == UInt8(ascii: "$") || first == UInt8(ascii: "%")
    return mayBeMacro && macros.isWhole(text, from: start, to: end)
  }

  @inline(never)
  private func isBlankID(_ text: Span<UInt8>, _ start: Int, _ count: Int, _ head: UInt64) -> Bool {
    blankWords.contains { $0.word == head && $0.count == count }
      || blankIDs.contains { $0.isSame(text, from: start, to: start + count) }
  }
}

/// A rule with its condition made ready.
struct CompiledRule: BitwiseCopyable, Sendable {
  let kind: EventKind?
  /// Percentage of a video that such a request stands for, -1 to look it up.
  let percent: Int
  /// Facts not to be taken, as `Fact.bit`.
  let omits: UInt32
}

extension Fact {
  /// Its place in `allCases`.
  @inline(__always)
  var ordinal: Int {
    switch self {
    case .visitor: 0
    case .impression: 1
    case .campaign: 2
    case .placement: 3
    case .creative: 4
    case .publisher: 5
    case .seller: 6
    case .size: 7
    case .width: 8
    case .height: 9
    case .price: 10
    case .clickX: 11
    case .clickY: 12
    case .videoPercent: 13
    case .order: 14
    case .value: 15
    case .exposureSamples: 16
    }
  }

  /// The facts of which an ad slot is made.
  static let slot: [Fact] = [.campaign, .placement, .creative, .publisher, .seller, .size, .width, .height]

  /// Its bit in a set of facts.
  @inline(__always)
  var bit: UInt32 { 1 &<< UInt32(ordinal) }
}
