package import AssayModel

/// Which version of a browser can be out at some time: so far as is known, and by its release cycle after that.
///
/// A version that nobody can have had yet is invented. What is known are a few releases of each browser, from its own
/// release notes; between and after them versions are taken to come one every cycle, which is as fast as they come at
/// most: holidays are skipped, and no browser has released faster than it promised.
package struct ReleaseSchedule: Sendable {
  /// The last release that is known here: version and day, in days since the epoch.
  private let known: (major: Int, day: Int)
  /// Days from one version to the next at least.
  private let cycle: Int

  /// Versions that testers have before anybody else (beta, developer and nightly channels): three cycles.
  private static let testers = 3

  /// The schedule of a browser; nil where its versions follow no cycle.
  package init?(_ browser: AgentFacts.Browser) {
    switch browser {
    // Chrome 94 came on 2021-09-21 and began the four-week cycle (developer.chrome.com/blog/faster-release-cycle).
    case .chrome, .edge, .appWebView: (known, cycle) = ((94, 18_891), 28)
    // Firefox 100 came on 2022-05-03, in a cycle of four weeks (whattrainisitnow.com).
    case .firefox: (known, cycle) = ((100, 19_115), 28)
    default: return nil
    }
  }

  /// The highest version that anybody can have had at some time; of times before the release that is known nothing is
  /// said, and it is the highest of then.
  package func highest(at time: Timestamp) -> Int {
    let day = Int(time.microseconds / 86_400_000_000)
    return known.major + max(0, (day - known.day) / cycle) + ReleaseSchedule.testers
  }

  /// The moment before which nobody can have had a version.
  package func earliest(_ version: Int) -> Timestamp {
    let cycles = version - known.major - ReleaseSchedule.testers
    return Timestamp(microseconds: cycles <= 0 ? .min : Int64(known.day + cycles * cycle) * 86_400_000_000)
  }
}
