/// The formats that say themselves what each value is: objects with keys, rows under a header.
package enum StructuredFormats {
  /// All of them, in the order of their ids.
  package static let all: [any LogFormat.Type] = [
    Caddy.self, Cloudflare.self, Cloudfront.self, Csv.self, Gcp.self, Gcs.self, IisNative.self, Ndjson.self,
    NginxJson.self, TraefikJson.self, Tsv.self, W3c.self, Zeek.self,
  ]
}
