internal import AssayModel

/// What a file among the lists is: told by its name and by what is in it, and never guessed.
public enum ListRecognition: Sendable, Equatable {
  /// A list of that kind.
  case kind(ListKind)
  /// What stands beside lists, such as a licence: nobody takes it for one.
  case document
  /// No list, or one that nobody can tell the kind of, with the reason.
  case none(String)

  /// Tells what a file is.
  ///
  /// - Parameters:
  ///   - name: its path as far as it was named, folders included; see `ListName`.
  ///   - bytes: all of it.
  /// - Complexity: O(n).
  public static func tell(name: String, bytes: [UInt8]) -> ListRecognition {
    let name = ListName(name)
    if name.isDocument { return .document }
    if name.isProgram { return .none("It is a page or a program, going by its name.") }
    if name.isAutonomousSystems, holdsNumbers(bytes.span) { return .kind(.autonomousSystems) }
    if let first = bytes.first(where: { $0 > 0x20 && $0 < 0x80 }), first == 0x7b || first == 0x5b {
      return json(bytes.span, name)
    }
    return text(bytes.span, name)
  }

  private static func networks(_ name: ListName, content: ListKind?) -> ListRecognition {
    switch name.networks {
    case .kind(let kind): .kind(kind)
    case .none(let why)?: .none(why)
    case nil: content.map { .kind($0) } ?? .none(namelessNetworks)
    }
  }

  /// JSON by the keys that its publishers use; `docs` of each are named in Lists.md.
  private static func json(_ bytes: Span<UInt8>, _ name: ListName) -> ListRecognition {
    var keys: Set<[UInt8]> = []
    var (patterns, patternGroups, networks) = (0, 0, 0)
    let broken = JSONScanner.strings(in: bytes) { text in
      if keys.count < 1_000 { keys.insert(text.key) }
      if text.depth == 2, text.key == Array("pattern".utf8) { patterns += 1 }
      if text.key == Array("accepted".utf8) { patternGroups += 1 }
      if text.value.contains(0x2f), NetworkText.range(text.value.span, from: 0, to: text.value.count) != nil {
        networks += 1
      }
    }
    // Whoever reads it says what is wrong with it, if anything.
    if patterns > 0 { return .kind(.crawlers) }
    if let broken {
      return .none("It begins like JSON and is none from byte \(broken) on: repair it, or give one entry a line.")
    }
    if patternGroups > 0 {
      return .none("Its patterns stand in groups (“accepted”), a form that is not read; crawler-user-agents.json is.")
    }
    guard networks > 0 else {
      return .none("The JSON has neither networks (“192.0.2.0/24”) nor objects with a “pattern”.")
    }
    func has(_ key: StaticString) -> Bool { keys.contains(Array("\(key)".utf8)) }
    let isAmazon = has("ip_prefix") || has("ipv6_prefix")
    let isGoogle = has("ipv4Prefix") || has("ipv6Prefix")
    // Google's clouds have a syncToken; its crawlers, and those of others who took over the form, have none.
    if isGoogle, has("creationTime"), !has("syncToken") { return self.networks(name, content: .crawlerNetworks) }
    let isCloud = isAmazon || isGoogle && has("syncToken") || has("addressPrefixes") || has("cidr") && has("region")
    return self.networks(name, content: isCloud ? .dataCentre : nil)
  }

  private static func text(_ bytes: Span<UInt8>, _ name: ListName) -> ListRecognition {
    var (lines, networks, named, numbers, rows, widest) = (0, 0, 0, 0, 0, 0)
    var isFirst = true
    /// 1 where the first line may name the columns of comma-separated values.
    var header = 0
    TextLines.forEach(in: bytes) { line, _ in
      if line[0] == 0x3b { return }
      defer { isFirst = false }
      lines += 1
      if let network = NetworkListReaders.network(line) {
        networks += 1
        if network.name != nil { named += 1 }
      } else if isNumber(line) {
        numbers += 1
      } else {
        if isFirst, line.contains(0x2c) { header = 1 }
        let bars = line.count { $0 == 0x7c }
        if bars > 0 { rows += 1 }
        widest = max(widest, bars + 1)
      }
    }
    if lines == 0 { return .none("It has no entry.") }
    if networks * 2 > lines - header { return self.networks(name, content: named * 2 > lines ? .dataCentre : nil) }
    if numbers == lines { return .kind(.autonomousSystems) }
    // The robots file of the IAB/ABC list has seven columns, the browsers file four.
    if rows > 0, widest >= 5 {
      return name.agents == .browsers
        ? .none("Its name says browsers, and its rows have the columns of a robots file; name it for what it is.")
        : .kind(.robots)
    }
    if let kind = name.agents { return .kind(kind) }
    if rows == lines, widest >= 3 { return .kind(.browsers) }
    return .none(
      "Most lines are no networks, and its name does not say what they are: call it something with “robots” or "
        + "“browsers”.")
  }

  /// Whether half of the lines or more are numbers: the others are mistakes, to be told by their line.
  private static func holdsNumbers(_ bytes: Span<UInt8>) -> Bool {
    var (lines, numbers) = (0, 0)
    TextLines.forEach(in: bytes) { line, _ in
      lines += 1
      if isNumber(line, bare: true) { numbers += 1 }
    }
    return numbers > 0 && numbers * 2 >= lines
  }

  /// `AS64500`, with a comment behind it or not.
  private static func isNumber(_ line: [UInt8], bare: Bool = false) -> Bool {
    let text = line.prefix { $0 != 0x23 && $0 != 0x2c && $0 != 0x20 && $0 != 0x09 }.map(AgentPattern.folded)
    if bare, !text.isEmpty, text.allSatisfy({ $0 &- 0x30 < 10 }) { return true }
    return text.count > 2 && text.starts(with: "as".utf8) && text.dropFirst(2).allSatisfy { $0 &- 0x30 < 10 }
  }

  private static let namelessNetworks =
    "It holds networks, and neither its name nor its form says whose: say what they are, as in "
    + "--lists data-centre=FILE (or crawler-networks, exempt, internal, tor-exits)."
}
