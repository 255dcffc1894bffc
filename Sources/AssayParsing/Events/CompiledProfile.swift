internal import AssayModel

/// A profile made ready for the lines: names become ordinals, conditions become comparisons.
struct CompiledProfile: Sendable {
  /// Query parameters that are wanted.
  let parameters: NameTable
  /// Cookies that are wanted.
  let cookies: NameTable
  /// Query parameters that pack others, and the names wanted in each.
  let packed: [(ordinal: Int, names: NameTable)]
  /// Columns that are wanted of the parser.
  let columns: [String]
  /// Whether a place asks for the referrer's host.
  let rules: [CompiledRule]
  let test: [CompiledCondition]
  let video: [CompiledCondition]
  let viewability: [(condition: CompiledCondition, says: Viewability)]
  let macros: MacroFinder
  let blankIDs: [[UInt8]]
  let pricePower: Int
  let trustedHops: [AddressPrefix]
  let internalNetworks: [AddressPrefix]
  let addressesAreInexact: Bool
  let judgesPages: Bool

  /// The places of all facts in a row, and which of them are each fact's, by the fact's ordinal.
  private let places: [CompiledPlace]
  private let spans: [(start: Int, end: Int)]

  /// Makes a profile ready.
  ///
  /// - Throws: `settings` where it asks for more values or columns than a line can hold.
  init(_ profile: Profile) throws(AssayError) {
    var names = NameCollector(profile: profile.name)
    var (places, spans): ([CompiledPlace], [(start: Int, end: Int)]) = ([], [])
    for fact in Fact.allCases {
      let start = places.count
      for place in profile.facts[fact] ?? [] { places.append(try names.compile(place)) }
      spans.append((start, places.count))
    }
    (self.places, self.spans) = (places, spans)
    var rules: [CompiledRule] = []
    for rule in profile.rules {
      let omits = rule.omits.reduce(UInt32(0)) { $0 | 1 << UInt32($1.ordinal) }
      rules.append(
        CompiledRule(
          condition: try CompiledCondition(rule.condition, &names), kind: rule.kind, percent: rule.percent ?? -1,
          omits: omits))
    }
    self.rules = rules
    var (test, video): ([CompiledCondition], [CompiledCondition]) = ([], [])
    for condition in profile.test { test.append(try CompiledCondition(condition, &names)) }
    for condition in profile.video { video.append(try CompiledCondition(condition, &names)) }
    (self.test, self.video) = (test, video)
    var viewability: [(condition: CompiledCondition, says: Viewability)] = []
    for declaration in profile.viewability {
      viewability.append((try CompiledCondition(declaration.condition, &names), declaration.says))
    }
    self.viewability = viewability
    parameters = NameTable(names.parameters)
    cookies = NameTable(names.cookies)
    packed = names.packed.map { ($0.ordinal, NameTable($0.names)) }
    columns = names.columns
    macros = MacroFinder(profile.macros)
    blankIDs = profile.blankIDs.map { Array($0.utf8) }
    pricePower = profile.priceScale.power
    trustedHops = profile.trustedHops
    internalNetworks = profile.internalNetworks
    addressesAreInexact = profile.addressesAreInexact
    judgesPages = profile.judgesPages
  }

  /// The first piece among a fact's places that says something, or nil.
  @inline(__always)
  func find(_ fact: Fact, in request: Request, _ bytes: Span<UInt8>, _ fields: LineFields) -> Piece? {
    let span = spans[fact.ordinal]
    for index in span.start..<span.end {
      if let piece = request.piece(at: places[index], bytes, fields), !piece.isBlank(bytes) { return piece }
    }
    return nil
  }

  /// Whether an id is one of the profile's blank ones or an unexpanded macro.
  @inline(__always)
  func isNoID(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    for index in blankIDs.indices where blankIDs[index].isSame(text, from: start, to: end) { return true }
    return macros.isWhole(text, from: start, to: end)
  }

  /// The places of a fact.
  @inline(__always)
  func places(of fact: Fact) -> Range<Int> { spans[fact.ordinal].start..<spans[fact.ordinal].end }

  /// One of the places in the row of all.
  @inline(__always)
  func place(_ index: Int) -> CompiledPlace { places[index] }
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
}

/// A place with its name resolved.
struct CompiledPlace: BitwiseCopyable, Sendable {
  enum Source: UInt8 { case value, column, segment, host, referrerHost }
  let source: Source
  let index: Int16
}

/// A rule with its condition made ready.
struct CompiledRule: Sendable {
  let condition: CompiledCondition
  let kind: EventKind?
  /// Percentage of a video that such a request stands for, -1 to look it up.
  let percent: Int
  /// Facts not to be taken, by `Fact.ordinal`.
  let omits: UInt32
}

/// Gives the names that a profile uses their ordinals.
struct NameCollector {
  let profile: String
  var parameters: [(name: String, ordinal: Int)] = []
  var cookies: [(name: String, ordinal: Int)] = []
  var packed: [(ordinal: Int, names: [(name: String, ordinal: Int)])] = []
  var columns: [String] = []
  private var count = 0

  init(profile: String) { self.profile = profile }

  /// Resolves a place.
  ///
  /// - Throws: `settings` where there are more names than fit.
  mutating func compile(_ place: Place) throws(AssayError) -> CompiledPlace {
    switch place {
    case .query(let name): return CompiledPlace(source: .value, index: try parameter(name))
    case .cookie(let name):
      if let known = cookies.first(where: { $0.name == name }) {
        return CompiledPlace(source: .value, index: Int16(known.ordinal))
      }
      let ordinal = try next()
      cookies.append((name, ordinal))
      return CompiledPlace(source: .value, index: Int16(ordinal))
    case .packed(let parameter, let name):
      let whole = Int(try self.parameter(parameter))
      if !packed.contains(where: { $0.ordinal == whole }) { packed.append((whole, [])) }
      for index in packed.indices where packed[index].ordinal == whole {
        if let known = packed[index].names.first(where: { $0.name == name }) {
          return CompiledPlace(source: .value, index: Int16(known.ordinal))
        }
        let ordinal = try next()
        packed[index].names.append((name, ordinal))
        return CompiledPlace(source: .value, index: Int16(ordinal))
      }
      return CompiledPlace(source: .value, index: Int16(whole))
    case .column(let name):
      if let known = columns.firstIndex(of: name) { return CompiledPlace(source: .column, index: Int16(known)) }
      guard columns.count < LineFields.maximumColumns else {
        throw AssayError(
          .settings, "profile \(profile) names more than \(LineFields.maximumColumns) columns; leave some out.")
      }
      columns.append(name)
      return CompiledPlace(source: .column, index: Int16(columns.count - 1))
    case .path(let number): return CompiledPlace(source: .segment, index: Int16(clamping: number))
    case .host: return CompiledPlace(source: .host, index: 0)
    case .referrerHost: return CompiledPlace(source: .referrerHost, index: 0)
    }
  }

  private mutating func parameter(_ name: String) throws(AssayError) -> Int16 {
    if let known = parameters.first(where: { $0.name == name }) { return Int16(known.ordinal) }
    let ordinal = try next()
    parameters.append((name, ordinal))
    return Int16(ordinal)
  }

  private mutating func next() throws(AssayError) -> Int {
    guard count < RequestValues.maximum else {
      throw AssayError(
        .settings,
        "profile \(profile) names more than \(RequestValues.maximum) query parameters and cookies; leave some out.")
    }
    count += 1
    return count - 1
  }
}
