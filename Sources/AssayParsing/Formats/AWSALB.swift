internal import AssayModel

/// Access logs of AWS Application Load Balancers. They have no referrer. Fields after the user agent were added over the
/// years and may be missing; the target carries scheme, host and port.
///
/// The first time in a line is when the answer was sent. Where the line also says when the request came in
/// (`request_creation_time`), that is the event's: somebody clicked then, however long the answer took.
enum AWSALB: LogFormat {
  static let card = FormatCard(
    id: "aws-alb", aliases: ["AWSALB", "alb"],
    title: "AWS Application Load Balancer access log",
    reference: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser([try NginxDialect.pattern(required, id: card.id, optional: optional)], request)
  }

  static let samples = [
    FormatSample(
      #"http 2026-11-23T09:00:00.463821Z app/ads/50dc6c495c0c9188 192.0.2.10:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://ads.example:80/i?c=7 HTTP/1.1" "curl/8.5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/ads/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "ads.example" "-" 0 2026-11-23T08:59:59.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-""#,
      time: "2026-11-23T08:59:59.364Z",
      [
        .address: "192.0.2.10:2817", .status: "200", .bytes: "366", .target: "http://ads.example:80/i?c=7",
        .userAgent: "curl/8.5.0", .host: "ads.example",
      ]),
    FormatSample(
      #"h2 2026-11-23T09:00:00.463821Z app/ads/50dc6c495c0c9188 [2001:db8::7]:2817 - -1 -1 -1 404 - 203 167 "GET https://ads.example:443/ HTTP/2.0" "-" - - -"#,
      time: "2026-11-23T09:00:00.463821Z", [.address: "[2001:db8::7]:2817", .status: "404", .userAgent: ""]),
    FormatSample(
      #"https 2026-11-23T09:00:00.463821Z app/ads/50dc6c495c0c9188 192.0.2.10:2817 - -1 -1 -1 460 - 0 0 "- http://ads.example:80- -" "-" - - - "-" "-" "-" - 2026-11-23T09:00:00.463821Z "-" "-" "-" "-" "-" "-" "-" TID_1234 "-" "-" "-""#,
      time: "2026-11-23T09:00:00.463821Z", [.status: "460"]),
    FormatSample(
      #"https 2026-11-23T09:00:00.463821Z app/ads/50dc6c495c0c9188 192.0.2.10:2817 10.0.0.1:80 0.001 0.102 0.000 200 200 225 24950 "POST https://ads.example:443/form HTTP/1.1" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0""#,
      time: "2026-11-23T09:00:00.463821Z",
      [.method: "POST", .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0"]),
    FormatSample(
      #"http 2026-11-23T09:00:00.463821Z app/ads/50dc6c495c0c9188 192.0.2.10:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET / HTTP/1.1"#,
      issue: "aws-alb.no-closing-quote"),
    FormatSample("http yesterday app/ads/50dc6c495c0c9188 192.0.2.10:2817", issue: "aws-alb.bad-time"),
  ]
}

extension AWSALB {
  private static let required = #"""
    $type $time_iso8601 $elb $remote_addr $target_address $request_processing_time $target_processing_time \#
    $response_processing_time $status $target_status_code $received_bytes $bytes_sent "$request" "$http_user_agent"
    """#

  private static let optional = #"""
     $ssl_cipher $ssl_protocol $target_group_arn "$trace_id" "$host" "$chosen_cert_arn" $matched_rule_priority \#
    $time_iso8601 "$actions_executed" "$redirect_url" "$error_reason" "$target_port_list" \#
    "$target_status_code_list" "$classification" "$classification_reason" $conn_trace_id
    """#
}
