import AssayModel
import AssayParsing

enum ProfileText { static func yaml(_ profile: Profile) -> String { profile.name } }
enum ProfileReader {
  static func profile(named name: String) throws(AssayError) -> Profile {
    guard let p = ProfileCatalog.profile(named: name) else { throw AssayError(.settings, "no profile") }
    return p
  }
}
