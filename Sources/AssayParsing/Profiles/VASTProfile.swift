internal import AssayModel

extension Profile {
  /// Video beacons in the words of VAST 4 (IAB Tech Lab), as a collector's access log shows them.
  ///
  /// VAST fixes the names of the events, not the shape of the URLs; this is the shape that most collectors use. The
  /// event's name, spelled as in the VAST schema, is the query parameter `event` or `e`, or the last segment of a path
  /// that ends in `/vast/NAME`:
  ///
  /// - `impression` (or `Impression`): counted when the first frame begins to render;
  /// - `start`, `firstQuartile`, `midpoint`, `thirdQuartile`, `complete`: video progress of 0, 25, 50, 75, 100 %;
  /// - `click`, `clickTracking`, `ClickTracking`: the click;
  /// - `viewable`, `notViewable`, `viewUndetermined` (or with a capital, as the elements of `ViewableImpression`):
  ///   exposures in which the player declares the outcome;
  /// - `conversion`.
  ///
  /// Other tracking events (`mute`, `pause`, `creativeView`, …) are pages: they say that somebody was there. The rest
  /// is in `imp`, `impid` or the macro values `adservingid`, `transactionid` (impression id); `vid` or `ifa`
  /// (visitor); `cid`, `pid`, `crid`, `pub`, `sid`; `size`; `price`. Every ad is a video. A macro that the player left
  /// unexpanded (`[CACHEBUSTING]`, `[TIMESTAMP]`) is an issue.
  public static let vast: Profile = {
    var profile = Profile(name: "vast", title: "VAST video beacons: …?event=firstQuartile, …/vast/impression")
    profile.about = """
      The event's name, spelled as in the VAST schema, is the query parameter event or e, or the last segment of a \
      path that ends in /vast/NAME: impression; start, firstQuartile, midpoint, thirdQuartile, complete; click or \
      clickTracking; viewable, notViewable, viewUndetermined; conversion. Other tracking events are pages. \
      Impression id in imp, impid, adservingid or transactionid; visitor in vid or ifa; cid, pid, crid, pub, sid, \
      size and price as in the generic profile. A macro that the player left unexpanded is an issue.
      """
    profile.countsRendered = true
    profile.rules =
      event(.impression, ["impression", "Impression"])
      + event(.video, ["start"], percent: 0) + event(.video, ["firstQuartile"], percent: 25)
      + event(.video, ["midpoint"], percent: 50) + event(.video, ["thirdQuartile"], percent: 75)
      + event(.video, ["complete"], percent: 100)
      + event(.click, ["click", "clickTracking", "ClickTracking"])
      + event(.exposure, viewable + notViewable + undetermined) + event(.conversion, ["conversion"])
    profile.facts = [
      .visitor: [.query("vid"), .query("ifa")],
      .impression: [.query("imp"), .query("impid"), .query("adservingid"), .query("transactionid")],
      .campaign: [.query("cid")], .placement: [.query("pid")], .creative: [.query("crid")],
      .publisher: [.query("pub")], .seller: [.query("sid")], .size: [.query("size")], .price: [.query("price")],
    ]
    // Every ad of such a log is a video: a condition that names nothing always holds.
    profile.video = [Condition()]
    profile.viewability =
      named(viewable).map { Declaration(.viewable, when: $0) }
      + named(notViewable).map { Declaration(.notViewable, when: $0) }
      + named(undetermined).map { Declaration(.undetermined, when: $0) }
    // An advertising id of zeros is what a device gives when tracking is limited.
    profile.blankIDs = ["-", "0", "-1", "-2", "00000000-0000-0000-0000-000000000000"]
    profile.macros = [.square, .dollar, .percent]
    return profile
  }()

  private static let viewable = ["viewable", "Viewable"]
  private static let notViewable = ["notViewable", "NotViewable"]
  private static let undetermined = ["viewUndetermined", "ViewUndetermined"]

  /// The three ways of naming an event.
  private static func named(_ names: [String]) -> [Condition] {
    [
      Condition(equals: [.init(.query("event"), names)]), Condition(equals: [.init(.query("e"), names)]),
      Condition(paths: names.map { Glob("*/vast/\($0)") }),
    ]
  }

  private static func event(_ kind: EventKind, _ names: [String], percent: Int? = nil) -> [Rule] {
    named(names).map { Rule(kind, when: $0, percent: percent) }
  }
}
