extension Profile {
  /// A plain web log, without ads.
  ///
  /// Every request is a page view, assets too: what is an asset differs from site to site, and programs are told from
  /// people by exactly what they do not load. Page views are judged, and the host stands for the publisher.
  public static let weblog: Profile = {
    var profile = Profile(name: "weblog", title: "A web log without ads: page views only")
    profile.about = """
      Every request is a page view, assets too. Page views are judged and counted; the host that was asked stands \
      for the publisher. A visitor is an address with a user agent; add a place for `visitor` if the site logs a \
      first-party cookie.
      """
    profile.judgesPages = true
    profile.facts = [.publisher: [.host]]
    return profile
  }()
}
