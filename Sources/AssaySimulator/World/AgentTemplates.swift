/// User agents in the shapes that browsers send, with versions as they were at the start of 2026.
///
/// Shapes: developer.chrome.com “User-Agent Reduction” (Chrome from version 101 tells no minor version, from 110 no
/// phone model), MDN “Firefox user agent string reference”, and WebKit's frozen `Mac OS X 10_15_7`.
enum AgentTemplates {
  private static let windows = "Windows NT 10.0; Win64; x64"
  private static let mac = "Macintosh; Intel Mac OS X 10_15_7"
  private static let linux = "X11; Linux x86_64"
  private static let blink = "AppleWebKit/537.36 (KHTML, like Gecko)"
  private static let webKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

  private static func chrome(_ system: String, _ version: Int, _ suffix: String = "") -> String {
    "Mozilla/5.0 (\(system)) \(blink) Chrome/\(version).0.0.0 Safari/537.36\(suffix)"
  }

  private static func firefox(_ system: String, _ version: Int) -> String {
    "Mozilla/5.0 (\(system); rv:\(version).0) Gecko/20100101 Firefox/\(version).0"
  }

  private static func safari(_ version: String) -> String {
    "Mozilla/5.0 (\(mac)) \(webKit) Version/\(version) Safari/605.1.15"
  }

  private static func phoneSafari(_ system: String, _ version: String) -> String {
    "Mozilla/5.0 (iPhone; CPU iPhone OS \(system) like Mac OS X) \(webKit) Version/\(version) Mobile/15E148 Safari/604.1"
  }

  private static func phoneChrome(_ version: Int) -> String {
    "Mozilla/5.0 (Linux; Android 10; K) \(blink) Chrome/\(version).0.0.0 Mobile Safari/537.36"
  }

  /// What most people at a desk use, the commonest first.
  static let currentDesktop: [String] = [
    chrome(windows, 144), chrome(windows, 143), chrome(mac, 144), chrome(windows, 144, " Edg/144.0.0.0"),
    chrome(windows, 143, " Edg/143.0.0.0"), safari("26.2"), safari("18.6"), chrome(mac, 143), firefox(windows, 147),
    firefox(windows, 146), chrome(windows, 142), chrome(linux, 144), firefox("X11; Linux x86_64", 147),
    firefox("Macintosh; Intel Mac OS X 10.15", 147), safari("26.1"), chrome(windows, 143, " OPR/126.0.0.0"),
  ]

  /// What most people on the move use, the commonest first.
  static let currentMobile: [String] = [
    phoneSafari("18_6", "26.2"), phoneChrome(144), phoneSafari("18_6_2", "18.6.2"), phoneChrome(143),
    phoneSafari("18_6", "26.1"), phoneSafari("18_5", "18.5"), phoneChrome(142),
    "Mozilla/5.0 (Linux; Android 10; K) \(blink) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
    phoneSafari("17_6_1", "17.6"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) \(webKit) CriOS/144.0.7559.85 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Android 15; Mobile; rv:147.0) Gecko/147.0 Firefox/147.0",
  ]

  /// Browsers that were not updated, newest first.
  static let olderDesktop: [String] = (0..<32).flatMap { age -> [String] in
    [
      chrome(windows, 141 - age), chrome(windows, 141 - age, " Edg/\(141 - age).0.0.0"), chrome(mac, 141 - age),
      firefox(windows, 145 - age), firefox("X11; Ubuntu; Linux x86_64", 145 - age), chrome(linux, 141 - age),
      chrome(windows, 141 - age, " OPR/\(125 - age).0.0.0"), safari("\(18 - (age + 1) / 7).\(6 - (age + 1) % 7)"),
    ]
  }

  private static let models = [
    "SM-S918B", "SM-S921B", "SM-A546B", "SM-A155F", "SM-G991B", "SM-A346B", "Pixel 7", "Pixel 8", "Pixel 8a", "Pixel 9",
    "22101316G", "23021RAA2Y", "2201117TY", "CPH2581", "CPH2449", "RMX3771", "V2250", "moto g54 5G", "XQ-DQ54",
    "M2101K6G",
  ]
  private static let builds = [
    "TP1A.220624.014", "UP1A.231005.007", "UKQ1.230924.001", "AP3A.240905.015", "BP1A.250505.005", "AP4A.250105.002",
  ]
  private static let androids = [13, 14, 14, 15, 15, 16]
  private static let phones = ["iPhone14,5", "iPhone15,2", "iPhone15,4", "iPhone16,1", "iPhone17,1", "iPhone17,3"]

  /// A browser inside an app, as seldom seen as there are models, apps and builds. A web view tells its full version.
  static func phone(_ random: inout RandomSource) -> String {
    let version = "\(random.within(130...143)).0.\(random.within(6_700...7_499)).\(random.within(20...199))"
    let build = random.below(builds.count)
    let view =
      "Mozilla/5.0 (Linux; Android \(androids[build]); \(random.pick(models)) Build/\(builds[build]); wv) \(blink) "
      + "Version/4.0 Chrome/\(version) Mobile Safari/537.36"
    let (major, minor) = (random.within(16...18), random.within(0...6))
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS \(major)_\(minor) like Mac OS X) \(webKit) Mobile/15E148"
    switch random.below(5) {
    case 0:
      return "\(view) Instagram \(random.within(300...410)).0.0.\(random.within(10...60)).\(random.within(60...130))"
    case 1:
      return
        "\(view) [FB_IAB/FB4A;FBAV/\(random.within(440...540)).0.0.\(random.within(20...70)).\(random.within(60...130));]"
    case 2:
      return
        "\(phone) [FBAN/FBIOS;FBAV/\(random.within(440...540)).0.0.\(random.within(20...70)).\(random.within(60...130));"
        + "FBDV/\(random.pick(phones));FBMD/iPhone;FBSN/iOS;FBSV/\(major).\(minor);FBSS/3;FBLC/en_GB;FBOP/5]"
    case 3:
      return
        "\(phone.dropLast(14))GSA/\(random.within(300...400)).0.\(random.within(600_000_000...800_000_000)) Mobile/15E148 Safari/604.1"
    default: return view
    }
  }

  /// Declared crawlers.
  static let crawlers = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "CCBot/2.0 (https://commoncrawl.org/faq/)",
    "Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot; help@moz.com)",
  ]

  /// Declared uptime checks.
  static let monitors = [
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
    "Mozilla/5.0 (compatible; StatusCake)",
  ]

  /// Libraries and tools under their own names.
  static let libraries = [
    "python-requests/2.32.3", "curl/8.5.0", "Go-http-client/1.1", "okhttp/4.12.0",
    "Apache-HttpClient/4.5.14 (Java/17.0.9)",
    "Wget/1.21.4", "axios/1.7.2", "Java/1.8.0_392", "libwww-perl/6.67", "Scrapy/2.11.2 (+https://scrapy.org)",
  ]

  /// Browsers that say that they have no window.
  static let headless = [
    "Mozilla/5.0 (\(linux)) \(blink) HeadlessChrome/143.0.0.0 Safari/537.36",
    "Mozilla/5.0 (\(linux)) \(blink) HeadlessChrome/131.0.6778.204 Safari/537.36",
    "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1",
  ]

  /// Desktop browsers with full versions from a list that was made once: since version 101 Chrome tells no minor one.
  static let stale: [String] = [
    "103.0.5060.134", "104.0.5112.102", "105.0.5195.127", "106.0.5249.119", "107.0.5304.107", "108.0.5359.125",
    "109.0.5414.120", "110.0.5481.178", "111.0.5563.147", "112.0.5615.138", "113.0.5672.127", "114.0.5735.199",
  ].flatMap { version in
    [windows, mac].map { "Mozilla/5.0 (\($0)) \(blink) Chrome/\(version) Safari/537.36" }
  }

  /// What every one of Chameleon's browsers said it was (detection.md §1.1).
  static let explorer = "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)"
}
