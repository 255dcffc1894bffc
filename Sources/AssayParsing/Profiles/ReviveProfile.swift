internal import AssayModel

extension Profile {
  /// The delivery scripts of Revive Adserver (formerly OpenX), as a web server's access log shows them.
  ///
  /// - Ad requests: `asyncspc.php`, `spc.php`, `ajs.php`, `afr.php`, `avw.php`, `al.php`, `apu.php`, `fc.php`.
  /// - Impressions: `lg.php`. They are tracked ads: the image is called when the ad's code arrives, not when it
  ///   begins to render.
  /// - Clicks: `ck.php` and the signed `cl.php`.
  /// - Conversions: `ti.php` (image) and `tjs.php` (script). `tv.php` only adds variables to a conversion that one of
  ///   them has logged, so it is none of its own.
  /// - Everything else, the scripts and images among it, is a page.
  ///
  /// Campaign, zone and banner stand in `campaignid`, `zoneid`, `bannerid`, or packed in
  /// `oaparams=2__bannerid=7__zoneid=3__cb=…`, whose first character is the length of the delimiter that follows. The
  /// viewer is the cookie `OAID`. Revive has no impression id, but `cb` is drawn at random for each delivery and
  /// stands in both `lg.php` and `ck.php`; the `cb` of ad requests and of conversions is drawn elsewhere and left out.
  public static let revive: Profile = {
    var profile = Profile(name: "revive", title: "Revive Adserver: lg.php, ck.php, cl.php in an access log")
    profile.about = """
      Delivery scripts of Revive Adserver in a web server's access log: lg.php is an impression (a tracked ad: the \
      image is called when the ad's code arrives), ck.php and cl.php are clicks, ti.php and tjs.php conversions, \
      asyncspc.php, spc.php, ajs.php, afr.php, avw.php, al.php, apu.php and fc.php ad requests. Names stand in \
      bannerid, zoneid and campaignid, or packed in oaparams. The viewer is the cookie OAID; the random cb of a \
      delivery, which lg.php and ck.php share, serves as impression id.
      """
    let requests = ["asyncspc", "spc", "ajs", "afr", "avw", "al", "apu", "fc"]
    profile.rules = [
      Rule(.impression, when: scripts(["lg"])),
      Rule(.click, when: scripts(["ck", "cl"])),
      Rule(.conversion, when: scripts(["ti", "tjs"]), omits: [.impression]),
      Rule(.adRequest, when: scripts(requests), omits: [.impression]),
    ]
    profile.facts = [
      .visitor: [.cookie("OAID"), .query("OAID")],
      .impression: [.query("cb"), .packed(parameter: "oaparams", name: "cb")],
      .campaign: [.query("campaignid"), .packed(parameter: "oaparams", name: "campaignid")],
      .placement: [.query("zoneid"), .packed(parameter: "oaparams", name: "zoneid")],
      .creative: [.query("bannerid"), .packed(parameter: "oaparams", name: "bannerid")],
      .publisher: [.referrerHost],
    ]
    profile.blankIDs = ["-", "0", "INSERT_RANDOM_NUMBER_HERE", "{random}"]
    profile.macros = [.brace, .square]
    return profile
  }()

  private static func scripts(_ names: [String]) -> Condition { Condition(paths: names.map { Glob("*/\($0).php") }) }
}
