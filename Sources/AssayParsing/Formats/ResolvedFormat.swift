public import AssayModel

/// A format that can be used: one of the catalogue, one behind a transport's prefix, or one that its user wrote down.
public struct ResolvedFormat: Sendable {
  /// What it is. The id is what `FormatCatalog.format(named:)` takes, except for written-down formats.
  public var card: FormatCard
  /// The transport's prefix behind which it is read.
  private(set) var prefix: LinePrefix.Kind?
  private let make: @Sendable (ParserRequest) throws(AssayError) -> any LineParser

  /// A format of the catalogue.
  public init(_ format: any LogFormat.Type) {
    card = format.card
    make = { (request) throws(AssayError) in try ParserCache.parser(of: format, request) }
  }

  /// A format outside the catalogue, whose parser knows something that its type does not.
  package init(_ card: FormatCard, make: @escaping @Sendable () -> any LineParser) {
    self.card = card
    self.make = { (request) throws(AssayError) in make() }
  }

  /// A pattern that was written down.
  init(_ pattern: LinePattern, title: String, reference: String) {
    card = FormatCard(id: pattern.id, title: title, reference: reference, splittable: true, specificity: 60)
    make = { (request) throws(AssayError) in PatternParser([pattern], request) }
  }

  /// The format behind a prefix that a transport writes before each line.
  package func prefixed(by prefix: LinePrefix.Kind) -> ResolvedFormat {
    var card = card
    card.id = "\(prefix.rawValue)+\(card.id)"
    card.aliases = card.aliases.map { "\(prefix.rawValue)+\($0)" }
    // A line that fits behind its prefix says more than the same line with the prefix as a part of its client.
    card.specificity += 1
    card.title += ", " + prefix.title
    return ResolvedFormat(card: card, prefix: prefix) { [make] (request) throws(AssayError) in
      let inner = try make(request)
      return prefix == .json ? EnvelopedParser(inner) : PrefixedParser(prefix, inner)
    }
  }

  private init(
    card: FormatCard, prefix: LinePrefix.Kind,
    make: @escaping @Sendable (ParserRequest) throws(AssayError) -> any LineParser
  ) {
    (self.card, self.prefix, self.make) = (card, prefix, make)
  }

  /// A parser for a file of this format, or, where it is splittable, for a chunk of one.
  public func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser { try make(request) }
}

extension FormatCatalog {
  /// The format that someone asks for: by id or alias without case; `nginx:STRING`, `apache:STRING` or
  /// `goaccess:STRING` as it stands in the server's or GoAccess's configuration; such a string alone where its letters
  /// tell whose it is; `syslog+NAME`, `cri+NAME`, `compose+NAME` or `json+NAME` for any of these behind what a transport
  /// writes.
  ///
  /// - Throws: `.settings` for a name that nobody has, with the nearest one; for a string that could be Apache's or
  ///   GoAccess's, whose letters differ; for a string with a mistake in it, with the column.
  public static func format(named name: String) throws(AssayError) -> ResolvedFormat {
    for prefix in LinePrefix.Kind.allCases where hasPrefix(name, prefix.rawValue + "+") {
      return try format(named: String(name.dropFirst(prefix.rawValue.count + 1))).prefixed(by: prefix)
    }
    for (dialect, compile) in dialects where hasPrefix(name, dialect + ":") {
      return try compile(String(name.dropFirst(dialect.count + 1)))
    }
    let wanted = name.lowercased()
    for format in all where ([format.card.id] + format.card.aliases).contains(where: { $0.lowercased() == wanted }) {
      return ResolvedFormat(format)
    }
    if name.contains("%") || name.contains("$") || name.contains("\"") { return try pasted(name) }
    throw unknown(name)
  }

  private static let dialects: [(String, @Sendable (String) throws(AssayError) -> ResolvedFormat)] = [
    ("nginx", { (text) throws(AssayError) in try nginx(text) }),
    ("apache", { (text) throws(AssayError) in try apache(text) }),
    ("goaccess", { (text) throws(AssayError) in try goAccess(text) }),
  ]

  private static func hasPrefix(_ name: String, _ prefix: String) -> Bool {
    name.prefix(prefix.count).lowercased() == prefix
  }

  /// Tells a pasted string by its letters: `$` is nginx's; `%>s`, `%{…}i` and its kin, and `LogFormat` are Apache's.
  private static func pasted(_ text: String) throws(AssayError) -> ResolvedFormat {
    if text.contains("$") { return try nginx(text) }
    if text.contains("%>") || text.contains("%{") || text.contains("LogFormat") { return try apache(text) }
    throw AssayError(
      .settings,
      "whose format string “\(text)” is cannot be told, and the same letters mean different things (%u is the user agent for "
        + "GoAccess and the user for Apache): write goaccess:… or apache:… before it")
  }

  private static func unknown(_ name: String) -> AssayError {
    let names = all.flatMap { [$0.card.id] + $0.card.aliases }
    let hint = nearest(name, in: names).map { "did you mean “\($0)”?" } ?? "`assay formats` lists all."
    return AssayError(.settings, "there is no log format “\(name)”: \(hint)")
  }
}
