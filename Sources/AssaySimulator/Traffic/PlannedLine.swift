import AssayModel

/// One line that will be written when its time comes: what differs from line to line, and nothing that can be worked
/// out again. About 80 bytes, no references.
struct PlannedLine: Sendable, BitwiseCopyable {
  /// Milliseconds since the epoch.
  var time: Int64 = 0
  /// Where from.
  var address = Address.none
  /// First-party id, 0 for none.
  var visitor: UInt64 = 0
  /// The showing of an ad that it belongs to: seed of the impression's id and of its exposure.
  var ad: UInt64 = 0
  /// Copies of one showing have different ids and the same exposure.
  var copy: UInt32 = 0
  /// Ordinal in `AgentPool`, or `AgentPool.blank`.
  var agent: UInt32 = 0
  /// Ordinal of the campaign.
  var campaign: UInt32 = 0
  /// Ordinal of the placement.
  var placement: UInt32 = 0
  /// Number of the publisher's page that it was on, `PlannedLine.noPage` without referrer.
  var page: UInt32 = 0
  /// Impression and exposure: milliseconds until the page was left, 0 where no exposure follows, and `outOfView`. Click: x << 16 | y.
  /// Video: percentage. Conversion: value in hundredths. Page: ordinal of a `Document`.
  var detail: UInt32 = 0
  /// Log file.
  var server: UInt8 = 0
  /// What happens.
  var kind = EventKind.page
  /// Who does it.
  var family = Family.home
  /// Number of the network of its family that it belongs to, from 1; 0 for none.
  var network: UInt16 = 0

  /// A bit of `detail`: nothing of the ad was ever in view.
  static let outOfView: UInt32 = 1 << 31

  /// Milliseconds until the page was left, of an impression or exposure.
  var limit: Int { Int(detail & ~PlannedLine.outOfView) }

  /// Whether nothing of the ad was ever in view.
  var isOutOfView: Bool { detail & PlannedLine.outOfView != 0 }

  /// No page refers to it.
  static let noPage = UInt32.max

  /// What a line of kind `page` asks for.
  enum Document: UInt32 {
    /// The script that calls for ads.
    case tag
    /// The advertiser's page that a click leads to.
    case landing
    /// What robots may read.
    case robots
  }
}
