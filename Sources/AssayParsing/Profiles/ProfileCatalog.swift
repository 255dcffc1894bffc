/// The built-in profiles.
public enum ProfileCatalog {
  /// All of them, in the order in which they are tried on an unknown log; the last is the one for logs without ads.
  public static let all: [Profile] = [.generic, .revive, .vast, .cm360, .weblog]

  /// The profile of a name, or nil.
  public static func profile(named name: String) -> Profile? { all.first { $0.name == name } }
}
