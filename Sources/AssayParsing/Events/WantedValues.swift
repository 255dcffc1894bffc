internal import AssayModel

/// Everything that a profile looks for in a request beyond the standard fields. Each place has an ordinal in one row
/// (`Request.given`), whatever it is: a query parameter, a cookie, a column, a segment of the path, a host.
final class WantedValues: Sendable {
  let parameters: NameTable
  let cookies: NameTable
  /// Query parameters that pack others, and the names wanted in each.
  let packed: [(ordinal: Int, names: NameTable)]
  /// Columns, in the order in which the parser is asked for them.
  let columns: [(name: String, ordinal: Int)]
  let segments: [(number: Int, ordinal: Int)]
  /// Ordinal of the host that was asked, -1 where it is not wanted.
  let host: Int
  /// Ordinal of the referrer's host, -1 where it is not wanted.
  let referrerHost: Int

  init(_ names: NameCollector) {
    var (parameters, cookies, columns):
      (
        [(name: String, ordinal: Int)], [(name: String, ordinal: Int)],
        [(name: String, ordinal: Int)]
      ) = ([], [], [])
    var segments: [(number: Int, ordinal: Int)] = []
    var packed: [(ordinal: Int, names: [(name: String, ordinal: Int)])] = []
    var (host, referrerHost) = (-1, -1)
    for (ordinal, place) in names.places.enumerated() {
      switch place {
      case .query(let name): parameters.append((name, ordinal))
      case .cookie(let name): cookies.append((name, ordinal))
      case .column(let name): columns.append((name, ordinal))
      case .path(let number): segments.append((number, ordinal))
      case .packed(let parameter, let name):
        // The parameter itself has been given an ordinal before (`NameCollector.compile`).
        guard let whole = names.places.firstIndex(of: .query(parameter)) else { continue }
        if let known = packed.firstIndex(where: { $0.ordinal == whole }) {
          packed[known].names.append((name, ordinal))
        } else {
          packed.append((whole, [(name, ordinal)]))
        }
      case .host: host = ordinal
      case .referrerHost: referrerHost = ordinal
      }
    }
    self.parameters = NameTable(parameters)
    self.cookies = NameTable(cookies)
    self.packed = packed.map { ($0.ordinal, NameTable($0.names)) }
    (self.columns, self.segments, self.host, self.referrerHost) = (columns, segments, host, referrerHost)
  }
}

/// Gives the places that a profile names their ordinals.
struct NameCollector {
  let profile: String
  /// Every place once; its index is its ordinal.
  private(set) var places: [Place] = []

  init(profile: String) { self.profile = profile }

  /// The ordinal of a place.
  ///
  /// - Throws: `settings` where there are more than a line can hold.
  mutating func compile(_ place: Place) throws(AssayError) -> Int {
    if case .packed(let parameter, _) = place { _ = try compile(.query(parameter)) }
    if let known = places.firstIndex(of: place) { return known }
    if case .column = place, columns == LineFields.maximumColumns {
      throw AssayError(
        .settings, "profile \(profile) names more than \(LineFields.maximumColumns) columns; leave some out.")
    }
    guard places.count < Request.maximumValues else {
      throw AssayError(
        .settings, "profile \(profile) names more than \(Request.maximumValues) places; leave some out.")
    }
    places.append(place)
    return places.count - 1
  }

  private var columns: Int {
    places.reduce(0) { count, place in
      if case .column = place { count + 1 } else { count }
    }
  }
}
