internal import AssayModel

extension Profile {
  /// Campaign Manager 360 Data Transfer v2: CSV files with a header, one row an event.
  ///
  /// - `Event Type` VIEW is an impression, CLICK a click, CONVERSION a conversion; where it is blank, an
  ///   `Event Sub-Type` of POSTVIEW or POSTCLICK says conversion.
  /// - `Event Time` is in microseconds since 1970 UTC (the format reads it).
  /// - There is no address and no user agent: a visitor is the `User ID`, unless it is zeroed for privacy; rows
  ///   without one belong to nobody.
  /// - Active View: viewable is declared viewable; measurable but not viewable is not; eligible but not measurable is
  ///   undetermined.
  /// - `Creative Pixel Size` gives the size, `Rendering ID` the creative, `Site ID (CM360)` (older files: DCM) the
  ///   publisher, the exchange of Display & Video 360 the seller, `ORD Value` and `Total Revenue` order and value.
  ///
  /// Impressions are called tracked ads: the rows do not say which were counted on begin-to-render. Media costs are
  /// left out of the profile, since files differ in their currency and unit; add a place for `price` to use them.
  ///
  /// Source: developers.google.com/doubleclick-advertisers/dtv2/reference/file-format.
  public static let cm360: Profile = {
    var profile = Profile(name: "cm360", title: "Campaign Manager 360 Data Transfer v2 files (CSV)")
    profile.about = """
      Rows of Data Transfer v2: Event Type VIEW is an impression (a tracked ad), CLICK a click, CONVERSION, or \
      blank with a Sub-Type of POSTVIEW or POSTCLICK, a conversion. There is no address and no user agent: a \
      visitor is the User ID unless it is zero. Active View gives the declared viewability. Media costs are not \
      read; add a place for price if the file's currency and unit are known.
      """
    let (type, subtype) = (Place.column("Event Type"), Place.column("Event Sub-Type"))
    profile.rules = [
      Rule(.impression, when: Condition(equals: [.init(type, ["VIEW"])])),
      Rule(.click, when: Condition(equals: [.init(type, ["CLICK"])])),
      Rule(.conversion, when: Condition(equals: [.init(type, ["CONVERSION"])])),
      Rule(.conversion, when: Condition(equals: [.init(subtype, ["POSTVIEW", "POSTCLICK"])])),
    ]
    profile.facts = [
      .visitor: [.column("User ID")], .impression: [.column("Impression ID")], .campaign: [.column("Campaign ID")],
      .placement: [.column("Placement ID")], .creative: [.column("Rendering ID")],
      .publisher: [.column("Site ID (CM360)"), .column("Site ID (DCM)")],
      .seller: [.column("DV360 Exchange ID"), .column("DBM Exchange ID")],
      .size: [.column("Creative Pixel Size")], .order: [.column("ORD Value")], .value: [.column("Total Revenue")],
    ]
    profile.viewability = [
      Declaration(.viewable, when: activeView("Viewable")),
      Declaration(.notViewable, when: activeView("Measurable")),
      Declaration(.undetermined, when: activeView("Eligible")),
    ]
    return profile
  }()

  private static func activeView(_ stage: String) -> Condition {
    Condition(equals: [.init(.column("Active View: \(stage) Impressions"), ["1"])])
  }
}
