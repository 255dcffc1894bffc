import AssayDetectors
import AssayModel
import Testing

/// What lists say about user agents, asked as a run asks: by the detector that fires.
struct UserAgentTests {
  private func detectors(_ agent: String, lists: [(String, String)] = [], at seconds: Double = 0) throws -> [String] {
    var set = ListSet()
    for (name, text) in lists { try set.add(name: name, bytes: Array(text.utf8)) }
    let judge = try Judge(
      JudgeSettings(), context: DetectorContext(agents: ["", "", agent], lists: set), coverage: [:], judgesPages: false)
    let verdicts = judge.verdicts(Visit(events: [Visit.event(.impression, at: seconds)])).verdicts
    return verdicts[0].fired.ordinals.map { DetectorCatalog.cards[$0].id }
  }

  @Test(
    "Browsers inside apps, and apps with a robot's word in their name, are no robots",
    arguments: [
      // Written after the shape that these apps use; versions and builds are invented.
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21E219 Instagram 331.0.0.29.85 (iPhone14,2; iOS 17_4; de_DE; de; scale=3.00; 1170x2532; 599000000)",
      "Mozilla/5.0 (Linux; Android 13; SM-A536B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/122.0.6261.64 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/450.0.0.42.110;]",
      "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/20G75 [FBAN/FBIOS;FBDV/iPad11,6;FBMD/iPad;FBSN/iPadOS;FBSV/16.6;FBSS/2;FBLC/en_US;FBOP/5]",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21B74 Snapchat/12.60.0.28 (like Safari/8617.1.17, panda)",
      "Mozilla/5.0 (Linux; Android 12; SM-G991N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/118.0.0.0 Whale/1.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 1240; 12.3.1)",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/13.9.0",
      "Mozilla/5.0 (Linux; Android 11; M2101K6G; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0.0.0 Mobile Safari/537.36 CamScanner/6.33.0.2302130000",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Safari/537.36 CCleaner/112.0.21002.139",
      "Mozilla/5.0 (Android 10; Mobile; rv:109.0) Gecko/111.0 Firefox/111.0 Ghostery:3.0",
      "Mozilla/5.0 (Linux; Android 9; ANE-LX1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/99.0.4844.88 Mobile Safari/537.36 HiSearch/11.0.4.301",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/310.1.625390000 Mobile/15E148 Safari/604.1",
      "Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE_20 Build/PPR1.180610.011) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/95.0.4638.74 Mobile Safari/537.36",
      "Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/108.0.0.0 Mobile Safari/537.36 AirWatch Browser v22.8",
      "Mozilla/5.0 (Linux; Android 10; VOG-L29; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/86.0.4240.99 Mobile Safari/537.36 [Pinterest/Android]",
      "Mozilla/5.0 (Linux; Android 13; 22081212UG; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/115.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.40.2420 NetType/WIFI Language/en",
      "Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/121.0.0.0 Mobile Safari/537.36 musical_ly_2023301030 BytedanceWebview/d8a21c6",
      "Mozilla/5.0 (Linux; Android 11; SM-T505; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/101.0.0.0 Safari/537.36 DaumApps/2.3.4 DaumDevice/mobile",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) QtWebEngine/5.15.2 Chrome/87.0.4280.144 Safari/537.36 Viber",
      "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0; .NET CLR 2.0.50727; .NET4.0C)",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 OPR/109.0.0.0",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
      "Opera/9.80 (Android; Opera Mini/36.2/191.273; U; en) Presto/2.12.423 Version/12.16",
      "Roku/DVP-12.5 (12.5.0.4178-88)", "AppleCoreMedia/1.0.0.21E219 (iPhone; U; CPU OS 17_4 like Mac OS X; en_us)",
      "ExampleTV/3.1 ExoPlayerLib/2.18.1", "Lynx/2.9.0 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.0.2",
    ])
  func people(agent: String) throws {
    #expect(try detectors(agent) == [])
  }

  @Test(
    "Programs that say what they are do not pass",
    arguments: [
      ("Googlebot/2.1 (+http://www.google.com/bot.html)", "declared-robot"),
      ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "declared-robot"),
      (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.1; +https://openai.com/gptbot",
        "declared-robot"
      ),
      ("facebookexternalhit/1.1", "declared-robot"), ("WhatsApp/2.23.20.0", "declared-robot"),
      ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/119.0.0.0 Safari/537.36", "declared-robot"),
      (
        "Mozilla/5.0 (Linux; Android 7.0) AppleWebKit/537.36 Chrome/84 Mobile Safari/537.36 Chrome-Lighthouse",
        "declared-robot"
      ),
      ("Pingdom.com_bot_version_1.4", "declared-robot"), ("ClaudeBot", "declared-robot"),
      ("Mozilla/5.0 (compatible; Baiduspider/2.0)", "declared-robot"), ("ia_archiver", "declared-robot"),
      ("sqlmap/1.7.2#stable", "declared-robot"), ("UptimeRobot/2.0", "declared-robot"),
      ("curl/8.1.2", "non-browser-agent"), ("Wget/1.21", "non-browser-agent"), ("Java/17.0.2", "non-browser-agent"),
      ("Python/3.11 aiohttp/3.8.4", "non-browser-agent"), ("Go-http-client/2.0", "non-browser-agent"),
      ("axios/1.6.0", "non-browser-agent"), ("libwww-perl/6.67", "non-browser-agent"),
      ("PostmanRuntime/7.36.0", "non-browser-agent"), ("Apache-HttpClient/4.5.13 (Java/11.0.12)", "non-browser-agent"),
      ("x", "non-browser-agent"),
    ])
  func programs(agent: String, detector: String) throws {
    #expect(try detectors(agent).first == detector)
  }

  @Test("An exception cancels its own row and no other, whatever its case")
  func exceptions() throws {
    let lists = [("robots.txt", "dialer|1|SOMEDIALER,other|0|1|0\nsome|1|||2|0")]
    #expect(try detectors("Mozilla/5.0 (X) SomeDialer", lists: lists) == ["declared-robot"])
    #expect(try detectors("Mozilla/5.0 (X) Dialer other", lists: lists) == [])
    #expect(try detectors("Mozilla/5.0 (X) dialer", lists: lists) == ["declared-robot"])
  }

  @Test("A row in force at the event's time counts, even where another row for the same agent had ended")
  func dates() throws {
    let lists = [("robots.txt", "thing|0||0|2|0|01/01/2020\nthing two|0||0|2|0|06/15/2025")]
    // The event is of 15 June 2025, 15:06:40 UTC.
    #expect(try detectors("Mozilla/5.0 (X) thing two", lists: lists) == [])
    #expect(try detectors("Mozilla/5.0 (X) thing two", lists: lists, at: -60_000) == ["declared-robot"])
    #expect(try detectors("Mozilla/5.0 (X) thing one", lists: lists, at: -60_000) == [])
  }

  @Test("A plus in a list or a log is a space")
  func plus() throws {
    let lists = [("robots.txt", "some-tool+(x|1||0|2|0")]
    #expect(try detectors("Mozilla/5.0 (X) Some-Tool (x)", lists: lists) == ["declared-robot"])
    #expect(try detectors("Mozilla/5.0+(X)+Some-Tool+(x)", lists: lists) == ["declared-robot"])
  }

  @Test("Lists in ISO-8859-1 are read as bytes")
  func latin1() throws {
    var lists = ListSet()
    try lists.add(
      name: "robots.txt", bytes: Array("# ".utf8) + [0xe9, 0x0a] + Array("caf".utf8) + [0xe9] + Array("|1||0|2|0".utf8))
    #expect(lists.lists[1].entries == 1)
  }

  @Test(
    "Patterns of crawlers are matched with regard to case, at their ends, and with their classes",
    arguments: [
      (#"Example\\/"#, "x Example/2 (X)", true), (#"Example\\/"#, "x example/2 (X)", false),
      (#"^Tool"#, "Tool/1 (X)", true), (#"^Tool"#, "A Tool/1 (X)", false),
      (#"Agent$"#, "(X) Agent", true), (#"Agent$"#, "Agent (X)", false),
      (#"[Dd]og[s-u]x"#, "(X) Dogtx/", true), (#"[Dd]og[s-u]x"#, "(X) dogvx/", false),
      (#"ab?cd"#, "(X) acd/", true), (#"ab?cd"#, "(X) abcd/", true), (#"ab?cd"#, "(X) abbcd/", false),
      (#"start.*end$"#, "(X) start and end", true), (#"start.*end$"#, "(X) start end/", false),
      (#"start.*end$"#, "(X) start end end", true), (#"v\\d\\.\\d"#, "(X) v3.1", true),
      (#"v\\d\\.\\d"#, "(X) v3x1", false),
    ])
  func crawlerPatterns(pattern: String, agent: String, matches: Bool) throws {
    let lists = [("crawlers.json", "[{\"pattern\":\"\(pattern)\"}]")]
    #expect(try detectors(agent, lists: lists) == (matches ? ["declared-robot"] : []))
  }
}
