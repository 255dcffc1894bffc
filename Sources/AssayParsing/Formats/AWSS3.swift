internal import AssayModel

/// Server access logs of Amazon S3. Fields after the user agent were added over the years and may be missing.
enum AWSS3: LogFormat {
  static let card = FormatCard(
    id: "aws-s3", aliases: ["AWSS3", "s3"],
    title: "Amazon S3 server access log",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html",
    splittable: true, specificity: 50)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    PatternParser([try NginxDialect.pattern(required, id: card.id, optional: optional)], request)
  }

  static let samples = [
    FormatSample(
      #"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ads-bucket [23/Nov/2026:09:00:00 +0100] 192.0.2.10 - 3E57427F3EXAMPLE REST.GET.OBJECT i.gif "GET /ads-bucket/i.gif?c=7 HTTP/1.1" 200 - 43 43 17 16 "https://news.example/" "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0" - 9vKBE6vMhrNiWHZmb2L0mXOcqPGzQOI5XLnCtZNPxev= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader ads-bucket.s3.eu-central-1.amazonaws.com TLSV1.2"#,
      time: "2026-11-23T08:00:00Z",
      [
        .address: "192.0.2.10", .requestID: "3E57427F3EXAMPLE", .target: "/ads-bucket/i.gif?c=7", .status: "200",
        .bytes: "43", .referrer: "https://news.example/",
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
        .host: "ads-bucket.s3.eu-central-1.amazonaws.com",
      ]),
    FormatSample(
      #"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ads-bucket [23/Nov/2026:09:00:00 +0100] 192.0.2.10 arn:aws:iam::111122223333:user/ann EB3502676500C6BE WEBSITE.GET.OBJECT index "GET /index HTTP/1.1" 304 - - 368 10 9 "-" "curl/8.5.0""#,
      time: "2026-11-23T08:00:00Z", [.status: "304", .bytes: "", .userAgent: "curl/8.5.0"]),
    FormatSample(
      #"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ads-bucket [23/Nov/2026:09:00:00 +0100] - - 3E57427F3EXAMPLE S3.EXPIRE.OBJECT i.gif "-" - - - 43 - - "-" "-" -"#,
      time: "2026-11-23T08:00:00Z", [.address: "", .status: "", .userAgent: ""]),
    FormatSample(
      #"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ads-bucket [23/Nov/2026:09:00:00 +0100] 2001:db8::7 - 3E57427F3EXAMPLE REST.GET.OBJECT i.gif "GET /ads-bucket/i.gif HTTP/1.1" 403 AccessDenied 243 - 7 - "-" "-" -"#,
      time: "2026-11-23T08:00:00Z", [.address: "2001:db8::7", .status: "403", .bytes: "243"]),
    FormatSample(
      #"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ads-bucket [23/Nov/2026:09:00:00 +0100] 192.0.2.10 - 3E57427F3EXAMPLE REST.GET.OBJECT i.gif "GET /ads-bucket/i.gif"#,
      issue: "aws-s3.no-closing-quote"),
    FormatSample(
      "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be ads-bucket 23/Nov/2026 192.0.2.10 -",
      issue: "aws-s3.line-ends"),
  ]
}

extension AWSS3 {
  private static let required = #"""
    $bucket_owner $bucket [$time_local] $remote_addr $requester $request_id $operation $key "$request" $status \#
    $error_code $bytes_sent $object_size $request_time $turn_around_time "$http_referer" "$http_user_agent"
    """#

  private static let optional = #"""
     $version_id $host_id $signature_version $cipher_suite $authentication_type $host $ssl_protocol $access_point_arn
    """#
}
