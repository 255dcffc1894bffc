internal import AssayModel

/// The log of IIS in the Windows event log, exported as XML: one event a line, with the columns of the W3C format as its
/// data. The time of the request is in two of them; where they are missing, that of the event is taken.
enum IisXml: LogFormat {
  static let card = FormatCard(
    id: "iis-xml", aliases: ["iis-event", "windows-event-xml"], title: "IIS events, XML",
    reference: "https://learn.microsoft.com/en-us/iis/manage/provisioning-and-managing-iis/configure-logging-in-iis",
    splittable: true, specificity: 50)

  /// Three headers stand without the separator that the W3C format has.
  private static let table = KeyTable.generic.adding([
    (.time, ["time", "systemtime"]),
    (.field(.userAgent), ["csuser_agent"]),
    (.field(.referrer), ["csreferer"]),
    (.field(.cookie), ["cscookie"]),
  ])

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    EventXMLParser(card.id, try table.adding(request))
  }

  private static let start =
    #"<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>"#
    + #"<Provider Name="Microsoft-Windows-IIS-Logging" Guid='{0}'/><EventID>6200</EventID>"#
    + #"<TimeCreated SystemTime="2026-11-23T09:00:04.6206890Z" /></System><EventData>"#

  static let samples = [
    FormatSample(
      start
        + #"<Data Name="date">2026-11-23</Data> <Data Name="time">09:00:01</Data><Data Name="c-ip">192.0.2.7</Data>"#
        + #"<Data Name="cs-username">-</Data><Data Name="cs-method">GET</Data><Data Name="cs-uri-stem">/i.gif</Data>"#
        + #"<Data Name="cs-uri-query">a=1&amp;b=&#x32;&#51;</Data><Data Name="sc-status">200</Data>"#
        + #"<Data Name="sc-bytes">43</Data><Data Name="time-taken">49</Data><Data Name="csUser-Agent">"#
        + #"Mozilla/5.0+(X11;+Linux)+&lt;x&gt;</Data><Data Name="csCookie">-</Data><Data Name="csReferer">"#
        + #"https://a.example/</Data><Data Name="cs-host">ads.example</Data><Data Name="CustomFields" />"#
        + "</EventData></Event>",
      time: "2026-11-23T09:00:01Z",
      [
        .address: "192.0.2.7", .user: "", .method: "GET", .path: "/i.gif", .query: "a=1&b=23", .status: "200",
        .bytes: "43", .duration: "49", .userAgent: "Mozilla/5.0 (X11; Linux) <x>", .cookie: "",
        .referrer: "https://a.example/", .host: "ads.example",
      ]),
    FormatSample(
      start
        + "<Data Name='c-ip'>2001:db8::1</Data><Data Name='cs-uri-stem'>/&quot;&apos;&x;&</Data></EventData></Event>",
      time: "2026-11-23T09:00:04.620689Z", [.address: "2001:db8::1", .target: #"/"'&x;&"#]),
    FormatSample(
      #"<?xml version="1.0" encoding="utf-8"?><Events><Event><EventData><Data Name="date">2026-11-23</Data>"#
        + #"<Data Name="time">09:00:01</Data><Data Name="sc-status">404</Data></EventData></Event></Events>"#,
      time: "2026-11-23T09:00:01Z", [.status: "404"]),
    FormatSample(
      #"  <Event><EventData><Data Name="c-ip">192.0.2.7</Data><Data Name="sc-status"></Data></EventData></Event>  "#,
      [.address: "192.0.2.7", .status: ""]),
    FormatSample("<Events>", issue: "ignored"),
    FormatSample("</Events>", issue: "ignored"),
    FormatSample(start + "</EventData></Event>", issue: "iis-xml.no-known-key"),
    FormatSample("<Events><Log/>", issue: "iis-xml.no-event"),
    FormatSample(start + #"<Data Name="c-ip">192.0.2.7</Data></EventData>"#, issue: "iis-xml.no-end"),
    FormatSample(start + #"<Data Name="c-ip">192.0.2.7<b></Data></EventData></Event>"#, issue: "iis-xml.no-end-tag"),
    FormatSample(start + #"<Data Name="c-ip>192.0.2.7</Data></EventData></Event>"#, issue: "iis-xml.bad-tag"),
    FormatSample("<Event><EventData></EventData></Event> x", issue: "iis-xml.trailing"),
    FormatSample(
      #"<Event><Data Name="c-ip">192.0.2.7</Data><Data Name="date">soon</Data></Event>"#, issue: "iis-xml.bad-time"),
  ]
}
