public import AssayModel

/// The lists of a run: user agents of robots and browsers, networks of data centres, exemptions. What is built in is
/// always there; files are added by their bytes, in the order of their names, before the run.
public struct ListSet: Sendable {
  /// One list, for the results.
  public struct Summary: Sendable, Equatable {
    /// File name, or `built-in robots`.
    public var name: String
    /// What it was read as.
    public var kind: ListKind
    /// Rows or networks that count.
    public var entries: Int

    /// A summary from its parts.
    public init(name: String, kind: ListKind, entries: Int) {
      self.name = name
      self.kind = kind
      self.entries = entries
    }
  }

  /// All lists, the built-in one first, then in the order in which they were added.
  public private(set) var lists: [Summary] = []

  private(set) var robots: [AgentPattern] = []
  private(set) var libraries: [AgentPattern] = []
  private(set) var browsers: [AgentPattern] = []
  /// Networks of data centres and crawlers.
  private var hosting: [ListedNetwork] = []
  private var exempt: [ListedNetwork] = []
  private var own: [ListedNetwork] = []
  private var torExits: [ListedNetwork] = []

  /// The built-in list alone.
  public init() {
    robots = BuiltInAgents.robots()
    libraries = BuiltInAgents.libraries()
    lists = [Summary(name: BuiltInAgents.name, kind: .robots, entries: robots.count + libraries.count)]
  }

  /// The rows of the built-in list as text, for its hash: robots first, then programs, with their exceptions.
  public static var builtInText: String {
    (BuiltInAgents.robots() + BuiltInAgents.libraries()).map { row in
      ([row.source] + row.exceptions.map { String(decoding: $0, as: UTF8.self) }).joined(separator: "|") + "\n"
    }.joined()
  }

  /// Adds a list from the bytes of its file, as `ListRecognition` has told its kind, or as a person says.
  ///
  /// - Returns: how many entries count, and what was not understood (positions are bytes of the file).
  /// - Throws: `settings` where nothing in the file is an entry of that kind.
  /// - Complexity: O(n) time and memory.
  @discardableResult
  public mutating func add(
    name: String, bytes: [UInt8], as kind: ListKind
  ) throws(AssayError) -> (entries: Int, issues: IssueLog) {
    if kind.isNetworks { return try addNetworks(name, bytes, kind) }
    let hasRows = bytes.contains(0x7c)
    switch kind {
    case .browsers where hasRows: return try add(AgentListReaders.browsers(bytes.span), name: name, kind: kind)
    case .robots where hasRows: return try add(AgentListReaders.robots(bytes.span), name: name, kind: kind)
    case .crawlers:
      guard let content = AgentListReaders.crawlerJSON(bytes.span) else {
        throw AssayError(
          .settings, "It is no JSON with objects that have a “pattern”; repair it or remove it.",
          at: AssayError.Location(source: name))
      }
      return try add(content, name: name, kind: kind)
    default:
      var content = AgentListReaders.tokens(bytes.span)
      if kind == .robots { content.leaveOutOrdinary() }
      return try add(content, name: name, kind: kind)
    }
  }

  /// Adds networks that were read elsewhere (an `.mmdb` database).
  public mutating func add(networks: [(network: Address, bits: Int)], name: String, kind: ListKind) {
    add(networks.map { (AddressRange(network: $0.network, bits: $0.bits), nil) }, name: name, kind: kind)
  }

  private mutating func addNetworks(
    _ name: String, _ bytes: [UInt8], _ kind: ListKind
  ) throws(AssayError) -> (entries: Int, issues: IssueLog) {
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    let content: NetworkListContent?
    if first == 0x7b || first == 0x5b {
      content = NetworkListReaders.json(bytes.span)
    } else {
      content = NetworkListReaders.lines(bytes.span)
    }
    guard var content, !content.networks.isEmpty else {
      throw AssayError(
        .settings, "No address, network or range can be read of the list; repair it or remove it.",
        at: AssayError.Location(source: name))
    }
    if kind.accuses {
      content.leaveOutWide()
      if content.networks.isEmpty {
        throw AssayError(
          .settings, "All its networks are too wide to be of one owner: more than /8 (version 4) or /12 (version 6).",
          at: AssayError.Location(source: name))
      }
    }
    add(content.networks, name: name, kind: kind)
    return (content.networks.count, content.issues)
  }

  private mutating func add(
    _ content: AgentListContent, name: String, kind: ListKind
  ) throws(AssayError) -> (entries: Int, issues: IssueLog) {
    guard !content.rows.isEmpty else {
      throw AssayError(
        .settings, "No line of the list is an entry; remove the file or give the right one.",
        at: AssayError.Location(source: name))
    }
    let rows = content.rows.map { row in
      var row = row
      row.list = lists.count
      return row
    }
    if kind == .browsers { browsers += rows } else { robots += rows }
    lists.append(Summary(name: name, kind: kind, entries: rows.count))
    return (rows.count, content.issues)
  }

  private mutating func add(_ networks: [(range: AddressRange, name: String?)], name: String, kind: ListKind) {
    let listed = networks.map { ListedNetwork(range: $0.range, list: lists.count, name: $0.name) }
    switch kind {
    case .internal: own += listed
    case .exempt: exempt += listed
    case .torExits: torExits += listed
    default: hosting += listed
    }
    lists.append(Summary(name: name, kind: kind, entries: networks.count))
  }

  /// The networks made ready for looking up.
  func prepared() -> PreparedNetworks {
    PreparedNetworks(
      hosting: ListSet.ranges(hosting), exempt: ListSet.ranges(exempt), own: ListSet.ranges(own),
      torExits: ListSet.ranges(torExits))
  }

  /// The network that a label of the prepared networks of a purpose means.
  func network(_ label: Int, in purpose: NetworkPurpose) -> ListedNetwork? {
    let networks =
      switch purpose {
      case .hosting: hosting
      case .own: own
      case .torExits: torExits
      }
    return networks.indices.contains(label) ? networks[label] : nil
  }

  /// What listed networks are looked up for and named in evidence.
  enum NetworkPurpose { case hosting, own, torExits }

  private static func ranges(_ networks: [ListedNetwork]) -> AddressRanges {
    AddressRanges(networks.enumerated().map { (range: $0.element.range, label: $0.offset) })
  }
}

/// One network of a list.
struct ListedNetwork: Sendable {
  var range: AddressRange
  /// The ordinal of its list.
  var list: Int
  /// The name that the list gives to it, where it gives one.
  var name: String?
}

/// The networks of a run, ready for looking up; a label is the ordinal of a network (`ListSet.network(_:in:)`).
struct PreparedNetworks: Sendable {
  /// Data centres and crawlers.
  let hosting: AddressRanges
  /// Where people are, whatever `hosting` says.
  let exempt: AddressRanges
  /// The buyer's or publisher's own.
  let own: AddressRanges
  /// Exits of the Tor network.
  let torExits: AddressRanges

  /// The label of the listed network that an address is in, unless it is exempt; `AddressRanges.none` for none.
  func hostingLabel(of address: Address) -> Int {
    let label = hosting.label(of: address)
    return label != AddressRanges.none && exempt.label(of: address) == AddressRanges.none ? label : AddressRanges.none
  }

  /// What lists and number ranges say about an address.
  func traits(of address: Address) -> VisitorTraits {
    var traits: VisitorTraits = []
    if address.isPrivate { traits.insert(.privateAddress) }
    if !own.isEmpty, own.label(of: address) != AddressRanges.none { traits.insert(.test) }
    if !hosting.isEmpty, hostingLabel(of: address) != AddressRanges.none { traits.insert(.hostedAddress) }
    if !torExits.isEmpty, torExits.label(of: address) != AddressRanges.none { traits.insert(.torAddress) }
    return traits
  }
}
