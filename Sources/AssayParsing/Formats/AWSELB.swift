internal import AssayModel

/// Access logs of AWS Classic Load Balancers. They have no referrer, and before 2015 no user agent.
enum AWSELB: LogFormat {
  static let card = FormatCard(
    id: "aws-elb", aliases: ["AWSELB", "elb"],
    title: "AWS Classic Load Balancer access log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser([try NginxDialect.pattern(required, id: card.id, optional: optional)], request)
  }

  static let samples = [
    FormatSample(
      #"2026-11-23T09:00:00.463821Z ads-lb 192.0.2.10:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://ads.example:80/i HTTP/1.1" "curl/8.5.0" - -"#,
      time: "2026-11-23T09:00:00.463821Z",
      [
        .address: "192.0.2.10:2817", .status: "200", .bytes: "29", .target: "http://ads.example:80/i",
        .userAgent: "curl/8.5.0",
      ]),
    FormatSample(
      #"2026-11-23T09:00:00.463821Z ads-lb 192.0.2.10:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://ads.example:443/ HTTP/1.1" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0" DHE-RSA-AES128-SHA TLSv1.2"#,
      time: "2026-11-23T09:00:00.463821Z",
      [.userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0"]),
    FormatSample(
      #"2026-11-23T09:00:00.463821Z ads-lb 192.0.2.10:2817 10.0.0.1:80 0.001069 0.000028 0.000041 - - 82 305 "- - - " "-" - -"#,
      time: "2026-11-23T09:00:00.463821Z", [.status: "", .userAgent: ""]),
    FormatSample(
      #"2026-11-23T09:00:00.463821Z ads-lb 192.0.2.10:2817 - -1 -1 -1 503 0 0 0 "GET http://ads.example:80/ HTTP/1.1""#,
      time: "2026-11-23T09:00:00.463821Z", [.status: "503"]),
    FormatSample(
      "2026-11-23T09:00:00.463821Z ads-lb 192.0.2.10:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200",
      issue: "aws-elb.line-ends"),
    FormatSample(
      #"2026-11-23T09:00:00.463821Z ads-lb 192.0.2.10:2817 10.0.0.1:80 0.000073 0.001048 0.000057 yes 200 0 29 "GET / HTTP/1.1""#,
      issue: "aws-elb.not-a-number"),
  ]
}

extension AWSELB {
  private static let required = #"""
    $time_iso8601 $elb $remote_addr $backend $request_processing_time $backend_processing_time \#
    $response_processing_time $status $backend_status_code $received_bytes $bytes_sent "$request"
    """#

  private static let optional = #" "$http_user_agent" $ssl_cipher $ssl_protocol"#
}
