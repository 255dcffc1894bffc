/// All log formats. To add one: a file of its own beside this one, and its line here.
public enum FormatCatalog {
  /// By id.
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
    ]
  }
}
