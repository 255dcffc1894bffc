/// The list that is there without any file: user agents that declare themselves a robot, and programs that are no
/// browser. Written from the operators' own pages and the names of common tools; it is short on purpose, and a longer
/// list is given with `--lists`.
///
/// A row is a text to look for. `<` before it: not behind a letter or digit. `>` behind it: not before a letter. `^`
/// before it: at the start.
enum BuiltInAgents {
  /// The name under which results list it.
  static let name = "built-in robots"

  /// Robots that say so: crawlers, monitors, previews, AI, test automation, security scanners.
  static func robots() -> [AgentPattern] {
    var rows =
      (words + searchAndArchive + previews + artificialIntelligence + marketing + monitors + automation
      + scanners + feeds).map(row)
    for (text, exceptions) in withExceptions {
      var pattern = row(text)
      pattern.exceptions = exceptions.map { Array($0.utf8) }
      rows.append(pattern)
    }
    return rows
  }

  /// Programs and libraries that fetch pages and render none.
  static func libraries() -> [AgentPattern] { programs.map(row) }

  private static func row(_ text: String) -> AgentPattern {
    var bytes = Array(text.utf8)
    var placement: AgentPattern.Placement = []
    if bytes.first == 0x5e { placement.insert(.textStart) }
    if bytes.first == 0x3c { placement.insert(.wordStart) }
    if !placement.isEmpty { bytes.removeFirst() }
    if bytes.last == 0x3e {
      placement.insert(.wordEnd)
      bytes.removeLast()
    }
    return AgentPattern(literal: bytes, source: text, placement: placement)
  }

  /// Words that mean a robot, but not in the names of these products and components.
  private static let withExceptions: [(String, [String])] = [
    // Cubot makes telephones, iRobot vacuum cleaners with an app of their own.
    ("bot>", ["cubot", "irobot"]),
    // These wrote their home page into the user agent of the browser that they sat in.
    ("http://", ["bsalsa.com", "embedded web browser", "abolimba", "maxthon"]),
    ("https://", ["bsalsa.com", "maxthon"]),
    // Browsers have previews too.
    ("preview>", ["technical preview", "technology preview", "preview channel", "xbox"]),
    ("fetcher>", ["newsfetcher"]),
    ("archiver>", ["winrar"]),
    // Mastodon servers fetch previews; the app of the same name is a browser's.
    ("mastodon/", ["cfnetwork", "applewebkit"]),
  ]

  /// Words that no browser has in its name.
  private static let words = [
    "spider>", "spider-", "spider_", "spider/", "crawler", "crawling", "<crawl>", "scraper>", "robots>", "indexer>",
    "link checker", "linkchecker", "link-check", "linkcheck", "validator>", "harvester>", "<fetch>", "sitemap",
    "mailto:", "reverse ip lookup", "<probe>", "site-search", "sitesearch",
  ]

  private static let searchAndArchive = [
    "slurp>", "mediapartners", "apis-google", "google-inspectiontool", "googleother", "google-read-aloud",
    "google favicon", "google-safety", "google-site-verification", "google-structured-data", "google-adwords",
    "google page speed", "google web preview", "google-xrawler", "googleproducer", "google-extended",
    "google-apps-script", "google-agent", "google-physicalweb", "google-cloud-scheduler", "duplexweb-google",
    "feedfetcher", "storebot", "yeti/", "daumoa", "sogou web", "sogou inst", "360spider", "haosouspider",
    "yisouspider", "ia_archiver", "archive.org", "heritrix", "<nutch", "larbin", "wayback", "httrack", "teleport pro",
    "webcopier", "webzip", "offline explorer", "sitesucker", "grub-client", "gigablast", "ichiro/", "y!j-", "teoma",
    "yandex.com/bots", "yandeximages", "yandexmetrika", "yandexdirect", "yandexblogs", "yandexmedia", "yandexvideo",
    "yandexwebmaster", "yandexpagechecker", "yandexfavicons", "yandexnews", "bingpreview", "proximic", "findlink",
    "mojeek", "turnitin", "netcraft", "domaintools", "europarchive", "webarchive", "lycos_spider", "scoutjet",
    "blekko", "cliqzbot", "seznam",
  ]

  private static let previews = [
    "facebookexternalhit", "facebookcatalog", "facebookplatform", "meta-externalagent", "meta-externalfetcher",
    "meta-externalads", "meta-webindexer", "^whatsapp/", "skypeuripreview", "slack-imgproxy", "embedly", "iframely",
    "opengraph", "flipboardproxy", "flipboardrss", "vkshare", "outbrain", "^snapchat/2.0 ", "snap url preview",
    "quora link", "line-poker", "kakaotalk-scrap", "^http.rb/", "misskey/", "friendica/", "gotosocial",
    "bluesky cardyb", "googleimageproxy", "yahoomailproxy", "yahoo link preview", "ggpht.com",
    "cloudflare-alwaysonline", "cloudflare-healthchecks", "amazon cloudfront", "urlpreview", "hatena::", "summaly",
    "steam http client", "github-camo", "bitbucket-webhooks", "disqus/", "imgproxy", "rss-parser",
  ]

  private static let artificialIntelligence = [
    "chatgpt-user", "oai-searchbot", "claude-user", "claude-web", "anthropic-", "perplexity-user", "cohere-",
    "amazon-kendra", "amazon-qbusiness", "amzn-user", "bytespider", "tiktokspider", "imagesift", "omgili",
    "img2dataset", "mistralai-user", "webzio", "velenpublic", "gemini-deep-research", "firecrawl", "tavily",
    "phindbot", "quillbot", "poseidon research", "novaact", "isscyberrisk", "crawlspace", "manus-user", "mycentralai",
    "factset_", "aihit", "laion", "newspaper/",
  ]

  private static let marketing = [
    "ahrefs", "semrush", "sistrix", "screaming frog", "sitebulb", "deepcrawl", "oncrawl", "botify", "seokicks",
    "seobility", "siteaudit", "serpstat", "megaindex", "linkdex", "xenu link", "netpeak", "sitechecker",
    "siteimprove", "contentking", "woorank", "seoscanners", "ezooms", "builtwith", "wappalyzer", "cognitiveseo",
    "adbeat", "adscanner", "ads.txt", "adstxt", "peer39", "grapeshot", "admantx", "integral ad science",
    "ias_crawler", "ias-", "doubleverify", "trendiction", "meltwater", "brandwatch", "awario", "trendkite",
    "linkfluence", "crowsnest", "barkrowler", "pixalate.com", "datanyze", "silktide", "linktiger", "scope3/",
    "infegy",
  ]

  private static let monitors = [
    "pingdom", "uptime", "statuscake", "site24x7", "newrelic", "datadog", "dynatrace", "gomezagent", "catchpoint",
    "alertsite", "websitepulse", "nagios", "check_http", "zabbix", "icinga", "prometheus", "blackbox exporter",
    "hetrixtools", "freshping", "checkly", "monitis", "monit/", "montastic", "panopta", "pagespeed",
    "chrome-lighthouse", "gtmetrix", "webpagetest", "ptst/", "yottaa", "speedcurve", "synthetics", "healthcheck",
    "health check", "kube-probe", "elb-health", "googlehc", "applicationinsights", "appinsights", "grafana",
    "<sentry/", "site monitor", "website monitor", "monitoring", "thousandeyes", "dotcom-monitor", "solarwinds",
    "xymon", "munin/", "cronjob", "cron-job", "easycron", "updown.io", "oh dear", "downnotifier", "jetmon", "jetpack",
    "wordpress.com", "^wordpress/", "wp rocket", "wprocket", "cachewarmer", "cache warmer", "cache-warmer",
    "keycdn-tools", "wheregoes", "urlcheckr",
  ]

  private static let automation = [
    "headless", "phantomjs", "puppeteer", "playwright", "selenium", "webdriver", "casperjs", "slimerjs", "htmlunit",
    "jsdom", "testcafe", "browserless", "zombie.js", "awesomium", "mechanize", "apachebench", "siege/", "jmeter",
    "gatling", "k6/", "loadimpact", "loadrunner", "locust/", "vegeta", "httperf", "appium", "browserstack",
    "sauce labs", "rendertron", "prerender", "wkhtmlto", "webkit2png", "pageres", "screenshot", "thumbshots",
    "url2png", "cutycapt", "scrapy", "colly", "node-spider", "simplecrawler", "web-sniffer", "criticalcss",
  ]

  private static let scanners = [
    "censys", "shodan", "masscan", "zgrab", "nmap", "nikto", "sqlmap", "nessus", "nuclei", "wpscan", "acunetix",
    "qualys", "dirbuster", "gobuster", "openvas", "netsparker", "w3af", "internetmeasurement", "internet-measurement",
    "expanse", "palo alto", "paloalto", "l9explore", "l9tcpid", "leakix", "onyphe", "binaryedge", "projectdiscovery",
    "detectify", "zaproxy", "burp suite", "fuzz faster", "<scanner>", "<scan/", "netlab", "sucuri", "sitelock",
    "virustotal", "urlscan", "morfeus", "zmeu", "jorgee", "stretchoid", "infrawatch", "whatweb", "arachni",
    "checkhost", "check-host", "netsystemsresearch", "ssl labs", "ssllabs", "hardenize", "dataprovider", "tineye",
    "copyscape", "plagiarism", "asnriskscorer",
  ]

  private static let feeds = [
    "feedburner", "feedly", "feedbin", "feedspot", "feedparser", "feeddemon", "feed::", "rssreader", "rss reader",
    "simplepie", "magpie-crawler", "magpierss", "inoreader", "netvibes", "newsblur", "newsgator", "tiny tiny rss",
    "bloglovin", "bloglines", "theoldreader", "miniflux", "freshrss", "universalfeed", "superfeedr", "feedwind",
    "livelap", "blogtraffic", "blogtrottr",
  ]

  private static let programs = [
    "<curl>", "libcurl", "pycurl", "<wget", "<python>", "python-", "<urllib", "aiohttp", "<httpx", "<requests/",
    "go-http-client", "<go-resty", "go package http", "fasthttp", "<gorequest", "^java/", "<java/1",
    "apache-httpclient", "apache-httpasyncclient", "jakarta", "<httpclient", "commons-httpclient", "http_client",
    "http-client", "unirest", "<jersey/", "jodd http", "<ahc/", "async-http-client", "asynchttpclient",
    "reactornetty", "vert.x", "akka-http", "spray-can", "<jetty/", "clj-http", "http-kit", "libwww-perl",
    "libwww-mechanize", "<lwp::", "<lwp-", "<lwp/", "mojolicious", "<perl/", "http::", "<php/", "phpcrawl", "guzzle",
    "symfony http", "zend_http", "snoopy", "pear http", "http_request", "^drupal", "^typo3", "^joomla", "<ruby",
    "faraday", "rest-client", "typhoeus", "httparty", "excon/", "net::http", "node-fetch", "<node/", "<axios",
    "undici", "got (http", "<got/", "superagent", "<needle/", "<phin/", "<bun/", "<deno/", "node.js", "restsharp",
    "dotnet", "^.net ", "winhttp", "microsoft url control", "windowspowershell", "powershell", "<reqwest", "<hyper/",
    "<ureq", "<isahc", "<rust/", "http.rb", "httpie", "postman", "insomnia/", "<paw/", "soapui", "restlet", "aria2",
    "<axel/", "<lftp", "<fdm ", "libfetch", "^lua", "<erlang", "hackney", "<elixir", "<tcl ", "<delphi",
    "indy library", "<vb project", "<winsock", "<haskell", "<ocaml", "^r (", "<rcurl", "<libsoup", "<gvfs", "<git/",
    "<docker/", "debian apt", "<pip/", "<npm/", "<yarn/", "<composer/", "<maven", "<gradle", "<nuget", "<cargo",
    "<homebrew", "<ansible", "<terraform", "webdav", "davfs", "<neon/", "office existence discovery", "ms frontpage",
    "^openssl/", "<telnet", "<netcat", "^test agent", "^user-agent:", "grpc-", "microsoft-cryptoapi", "pcore-http",
  ]
}
