internal import AssayModel

extension Profile {
  /// Assay's own beacon convention, for whoever builds an ad server's log from nothing.
  ///
  /// A beacon is a GET (a form also a POST) whose path ends in `/ad/request`, `/ad/impression`, `/ad/exposure`,
  /// `/ad/click`, `/ad/conversion`, `/ad/form` or `/ad/video`. Its query parameters, all optional and in any order:
  ///
  /// - `imp` impression id, `vid` first-party visitor id;
  /// - `cid` campaign, `pid` placement, `crid` creative, `pub` publisher, `sid` seller;
  /// - `size` of the creative (`300x250`), `media=video` for video ads;
  /// - `price` of this one event in currency units (`0.0025`);
  /// - `x`, `y` of a click in CSS pixels of the creative;
  /// - `pct` percentage of a video played (0 at the start, 25, 50, 75, 100);
  /// - `order` and `value` of a conversion;
  /// - `test=1` for a declared test, `view=yes|no|undetermined` for the ad server's own verdict on viewability;
  /// - `s` exposure samples: `<ms>-<share>[letters]` joined by `_` (see `ExposureList`).
  ///
  /// The impression beacon is sent when the ad begins to render.
  public static let generic: Profile = {
    var profile = Profile(name: "generic", title: "Assay's own beacons: /ad/impression?imp=…&cid=…")
    profile.about = """
      A beacon is a GET whose path ends in /ad/KIND: request, impression, exposure, click, conversion, form (also a \
      POST) or video. Query parameters, all optional: imp (impression id), vid (first-party visitor id), cid, pid, \
      crid, pub, sid (campaign, placement, creative, publisher, seller), size (300x250), price (currency units of \
      this one event), media=video, x and y (click, CSS pixels of the creative), pct (percentage of the video \
      played), order and value (conversion), test=1, view=yes|no|undetermined, and s, the exposure samples: \
      milliseconds-percent with letters, joined by _, as in 0-0f_200-55.5f_1200-100fz (f focused, h hidden, \
      u unmeasurable, p playing, r replayed, a audible, z finished, e edge, i user-initiated).
      """
    profile.countsRendered = true
    profile.rules = [
      beacon(.impression), beacon(.exposure), beacon(.click), beacon(.video), beacon(.conversion),
      beacon(.form, methods: ["GET", "POST"]), beacon(.adRequest, "request"),
    ]
    profile.facts = [
      .visitor: [.query("vid")], .impression: [.query("imp")], .campaign: [.query("cid")],
      .placement: [.query("pid")], .creative: [.query("crid")], .publisher: [.query("pub")],
      .seller: [.query("sid")], .size: [.query("size")], .price: [.query("price")], .clickX: [.query("x")],
      .clickY: [.query("y")], .videoPercent: [.query("pct")], .order: [.query("order")], .value: [.query("value")],
      .exposureSamples: [.query("s")],
    ]
    profile.test = [Condition(equals: [.init(.query("test"), ["1"])])]
    profile.video = [Condition(equals: [.init(.query("media"), ["video"])])]
    profile.viewability = [
      Declaration(.viewable, when: Condition(equals: [.init(.query("view"), ["yes"])])),
      Declaration(.notViewable, when: Condition(equals: [.init(.query("view"), ["no"])])),
      Declaration(.undetermined, when: Condition(equals: [.init(.query("view"), ["undetermined"])])),
    ]
    profile.macros = MacroStyle.allCases
    return profile
  }()

  private static func beacon(_ kind: EventKind, _ name: String? = nil, methods: [String] = ["GET"]) -> Rule {
    Rule(kind, when: Condition(methods: methods, paths: [Glob("*/ad/\(name ?? kind.name)")]))
  }
}
