/// All log formats. To add one: a file of its own below this folder, and its line here.
public enum FormatCatalog {
  /// Lines of a fixed shape, then records that name their own fields; each by id.
  public static var all: [any LogFormat.Type] {
    [
      AWSALB.self,
      AWSELB.self,
      AWSS3.self,
      BunkerWeb.self,
      Combined.self,
      Common.self,
      Envoy.self,
      HAProxy.self,
      NginxProxyManager.self,
      Squid.self,
      TraefikCLF.self,
      VhostCombined.self,
      VhostCommon.self,
      Zoraxy.self,
      Caddy.self,
      Cloudflare.self,
      Cloudfront.self,
      Csv.self,
      Gcp.self,
      Gcs.self,
      IisNative.self,
      IisXml.self,
      Ndjson.self,
      NginxJson.self,
      TraefikJson.self,
      Tsv.self,
      W3c.self,
      Zeek.self,
    ]
  }
}
