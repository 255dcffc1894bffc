import AssayDetectors
import AssayModel
import Testing

/// What user agents say about themselves.
struct AgentFactsTests {
  @Test(
    "Browser, version and system of what browsers send",
    arguments: [
      (Visit.browser, "Chrome 126 on Windows"),
      ("Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)", "Internet Explorer 9 on Windows"),
      ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer 11 on Windows"),
      ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox 127 on Linux"),
      (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.5 "
          + "Mobile/15E148 Safari/604.1", "Safari 17 on iOS"
      ),
      (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36",
        "Chrome 126 on Android"
      ), (Visit.browser + " Edg/126.0.0.0", "Edge 126 on Windows"), ("curl/8.5.0", "other on other"),
      ("", "other on other"),
      (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
          + "Instagram 300.0", "a view in an app on iOS"
      ),
    ])
  func words(agent: String, words: String) { #expect(AgentFacts.words(cell: AgentFacts(agent).cell) == words) }

  @Test("Numbers behind the first are seen, and zeros are none")
  func minors() {
    #expect(!AgentFacts(Visit.browser).traits.contains(.unreducedChromium))
    #expect(AgentFacts("X Chrome/120.0.6099.71 Y").traits.contains(.unreducedChromium))
    #expect(AgentFacts("Chrome/99999999999.1").major > 6_000)
  }

  @Test("Any bytes give facts", arguments: 0..<20)
  func anyBytes(seed: UInt64) {
    var random = SeededBytes(seed: seed)
    let parts = ["Chrome", "/", "9", ".", " ", ";", "(", "MSIE", "Version", "Safari", "é", "Android", "65535", "wv"]
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<Int(random.next() % 30) { text += parts[Int(random.next() % UInt64(parts.count))] }
      #expect(!AgentFacts.words(cell: AgentFacts(text).cell).isEmpty)
    }
  }
}

private struct SeededBytes {
  var state: UInt64
  init(seed: UInt64) { state = seed &+ 1 }
  mutating func next() -> UInt64 {
    state = StableHash.of(state, 7)
    return state
  }
}
