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

  /// Words that mean a robot, but not in the names of these products.
  private static let withExceptions: [(String, [String])] = [
    // Cubot makes telephones; the Embedded Web Browser component wrote its home page into its user agent.
    ("bot>", ["cubot", "webot "]),
    ("http://", ["bsalsa.com", "embedded web browser", "abolimba", "maxthon"]),
    ("https://", ["bsalsa.com", "maxthon"]),
    ("preview>", ["technical preview", "safari technology preview", "preview channel", "xbox"]),
    ("fetcher>", ["newsfetcher"]),
    ("archiver>", ["winrar"]),
  ]

  /// Words that no browser has in its name.
  private static let words = [
    "spider>", "spider-", "spider_", "crawler", "crawling", "<crawl>", "scraper", "robot>", "robots>", "indexer>",
    "link checker", "linkchecker", "link-check", "linkcheck", "validator>", "web search>", "site-search", "sitesearch",
    "bot/", "bot@", "harvester", "<fetch>", "sitemap", "<mailto:", "downloader>", "reverse ip lookup", "<probe",
  ]

  private static let searchAndArchive = [
    "slurp>", "mediapartners", "apis-google", "google-inspectiontool", "googleother", "google-read-aloud",
    "google favicon", "google-safety", "google-site-verification", "google-structured-data", "google-adwords",
    "google-ads-", "google page speed", "google web preview", "google-xrawler", "googleproducer", "google-cws",
    "google-extended", "google-cloudvertexbot", "google-apps-script", "google_analytics_snippet", "duplexweb-google",
    "feedfetcher", "storebot", "adsbot", "yeti/", "daumoa", "sogou ", "360spider", "haosouspider", "yisouspider",
    "coccoc", "ia_archiver", "archive.org", "heritrix", "nutch", "larbin", "wayback", "httrack", "teleport pro",
    "webcopier", "webzip", "offline explorer", "sitesucker", "grub-client", "gigablast", "ichiro/", "y!j-", "teoma",
    "yandexbot", "yandex.com/bots", "yandeximages", "yandexmetrika", "yandexdirect", "yandexmobilebot", "yandexblogs",
    "yandexmedia", "yandexvideo", "yandexwebmaster", "yandexpagechecker", "yandexfavicons", "yandexnews",
    "bingpreview", "adidxbot", "msnbot", "proximic", "commoncrawl", "findlink", "mojeek", "wotbox", "turnitin",
    "netcraft", "domainappender", "domaintools", "europarchive", "webarchive", "perseus", "holmes", "netresearch",
  ]

  private static let previews = [
    "facebookexternalhit", "facebookcatalog", "facebookplatform", "meta-externalagent", "meta-externalfetcher",
    "meta-webindexer", "^whatsapp/", "^skype", "skypeuripreview", "slack-imgproxy", "slackbot", "discordbot",
    "telegrambot", "twitterbot", "linkedinbot", "pinterestbot", "redditbot", "embedly", "iframely", "opengraph",
    "flipboardproxy", "flipboardrss", "vkshare", "outbrain", "tumblr/", "^snapchat/2.0 ", "quora link", "bitlybot",
    "line-poker", "kakaotalk-scrap", "naver blog rssbot", "zoombot", "mastodon/", "pleroma", "misskey/", "<lemmy",
    "friendica", "gotosocial", "synapse ", "matrix-media", "bluesky", "googleimageproxy", "yahoomailproxy",
    "yahoo link preview", "ggpht.com", "cloudflare-alwaysonline", "cloudflare-healthchecks", "amazon cloudfront",
    "urlpreview", "snap url preview", "nextcloud server crawler", "viber", "hatena", "summaly",
  ]

  private static let artificialIntelligence = [
    "gptbot", "chatgpt", "oai-searchbot", "openai", "claudebot", "claude-user", "claude-web", "claude-searchbot",
    "anthropic", "perplexity", "cohere-", "ccbot", "amazonbot", "amazon-", "bytespider", "tiktokspider", "diffbot",
    "youbot", "imagesift", "omgili", "img2dataset", "mistralai", "duckassist", "ai2bot", "timpibot", "kangaroo",
    "panscient", "webzio", "velenpublic", "applebot", "petalbot", "deepseek", "grok", "gemini-", "xai-", "brightbot",
    "firecrawl", "jina", "exabot", "tavily", "phindbot", "iask", "quillbot", "poseidon research", "sidetrade",
    "devin>", "novaact", "operator/", "wrtnbot", "isscyberrisk", "andibot", "crawlspace", "friendlycrawler",
    "googleagent", "manus-user", "mycentralai", "linerbot", "factset_", "aihit", "laion",
  ]

  private static let marketing = [
    "ahrefs", "semrush", "mj12", "dotbot", "rogerbot", "majestic", "blexbot", "sistrix", "screaming frog", "sitebulb",
    "deepcrawl", "oncrawl", "botify", "seokicks", "seobility", "siteaudit", "serpstat", "dataforseo", "megaindex",
    "linkdex", "xenu", "netpeak", "sitechecker", "siteimprove", "contentking", "woorank", "seoscanners", "ezooms",
    "builtwith", "wappalyzer", "zoominfo", "cognitiveseo", "adbeat", "adscanner", "ads.txt", "app-ads", "adstxt",
    "peer39", "grapeshot", "admantx", "integral ad science", "ias_", "ias-", "doubleverify", "trendiction", "meltwater",
    "brandwatch", "awario", "mention", "trendkite", "linkfluence", "crowsnest", "barkrowler", "clickagy", "criteo",
    "trade desk", "adagio", "comscore", "buzz", "seznam", "neevabot", "infegy",
  ]

  private static let monitors = [
    "pingdom", "uptime", "statuscake", "site24x7", "newrelic", "datadog", "dynatrace", "gomez", "catchpoint", "keynote",
    "alertsite", "websitepulse", "nagios", "check_http", "zabbix", "icinga", "prometheus", "blackbox", "hetrix",
    "freshping", "checkly", "monitis", "monit/", "montastic", "panopta", "pagespeed", "lighthouse", "gtmetrix",
    "webpagetest", "ptst/", "yottaa", "speedcurve", "rigor", "synthetic", "healthcheck", "health check", "kube-probe",
    "elb-health", "googlehc", "google-cloud-scheduler", "applicationinsights", "appinsights", "grafana", "sentry/",
    "monitoring", "monitor/", "monitor ", "server density", "cronjob", "cron-job", "easycron", "updown.io", "oh dear",
    "watchdog", "availability", "downnotifier", "jetmon", "jetpack", "wordpress.com", "^wordpress/", "wp rocket",
    "wprocket", "cachewarmer", "cache warmer", "cache-warmer", "optimizer", "varnish", "akamai", "haproxy",
  ]

  private static let automation = [
    "headless", "phantomjs", "puppeteer", "playwright", "selenium", "webdriver", "casperjs", "slimerjs", "htmlunit",
    "jsdom", "cypress", "testcafe", "browserless", "splash", "nightmare", "zombie.js", "awesomium", "mechanize",
    "apachebench", "siege/", "jmeter", "gatling", "k6/", "loadimpact", "loadrunner", "locust", "vegeta", "httperf",
    "appium", "browserstack", "sauce labs", "rendertron", "prerender", "wkhtmlto", "webkit2png", "pageres",
    "screenshot", "thumbnail", "thumbshots", "url2png", "snapshot", "qtwebkit2png", "cutycapt", "scrapy", "colly",
    "node-spider", "simplecrawler", "dirb", "web-sniffer",
  ]

  private static let scanners = [
    "censys", "shodan", "masscan", "zgrab", "nmap", "nikto", "sqlmap", "nessus", "nuclei", "wpscan", "acunetix",
    "qualys", "buster", "openvas", "netsparker", "w3af", "internetmeasurement", "internet-measurement", "expanse",
    "palo alto", "paloalto", "l9explore", "l9tcpid", "leakix", "onyphe", "binaryedge", "projectdiscovery", "detectify",
    "intruder", "zaproxy", "burp", "fuzz", "security", "scanner>", "<scan>", "<scan/", "netlab", "sucuri", "sitelock",
    "virustotal", "urlscan", "phish", "malware", "vulnerab", "morfeus", "zmeu", "jorgee", "odin", "stretchoid",
    "infrawatch", "rapid7", "recon", "whatweb", "arachni", "hydra", "checkhost", "check-host", "netsystemsresearch",
    "ssl labs", "ssllabs", "certificate", "dataprovider", "research", "survey", "inspect", "tineye", "copyright",
    "plagiarism", "copyscape",
  ]

  private static let feeds = [
    "feedburner", "feedly", "feedbin", "feedspot", "feedparser", "feeddemon", "feed::", "rss reader", "rssreader",
    "rss parser", "simplepie", "magpie", "inoreader", "netvibes", "newsblur", "newsgator", "tiny tiny rss", "liferea",
    "akregator", "bloglovin", "bloglines", "theoldreader", "miniflux", "freshrss", "universalfeed", "rssowl",
    "netnewswire", "superfeedr", "feedwind", "podcast", "overcast", "itms", "gpodder", "antennapod", "castbox",
    "newsify", "newsbeuter", "newsboat", "aggregator", "syndic", "planet ", "livelap", "digg", "blogtraffic",
  ]

  private static let programs = [
    "<curl>", "libcurl", "pycurl", "<wget", "<python>", "python-", "<urllib", "aiohttp", "<httpx", "<requests",
    "go-http-client", "<go-resty", "go package http", "<golang", "fasthttp", "<gorequest", "^java/", "<java/",
    "apache-httpclient", "apache-httpasyncclient", "jakarta", "<httpclient", "commons-httpclient", "http_client",
    "http-client", "httpclient/", "<unirest", "jersey", "jodd http", "<ahc/", "async-http-client", "asynchttpclient",
    "reactornetty", "vert.x", "akka-http", "spray-can", "<jetty", "<scala", "clj-http", "http-kit", "libwww", "lwp",
    "www-mechanize", "mojolicious", "<perl", "http::", "<php", "guzzle", "symfony", "zend", "snoopy", "pear http",
    "http_request", "<drupal", "^typo3", "<joomla", "<ruby", "faraday", "rest-client", "typhoeus", "httparty",
    "<mechanize", "excon", "net::http", "<rack", "node-fetch", "<node", "<axios", "undici", "<got ", "<got/",
    "superagent", "<needle", "<phin", "<bun/", "<deno", "node.js", "restsharp", "<.net", "dotnet", "webclient",
    "winhttp", "wininet", "microsoft url control", "winhttprequest", "windowspowershell", "powershell", "<reqwest",
    "<hyper/", "<ureq", "<isahc", "<rust", "http.rb", "httpie", "postman", "insomnia", "paw/", "soapui", "restlet",
    "aria2", "axel/", "<lftp", "<fdm ", "<fetch/", "libfetch", "<lua", "<erlang", "hackney", "<elixir", "<tcl",
    "<delphi", "indy library", "synapse/", "<vb project", "<winsock", "<haskell", "<ocaml", "<crystal", "<nim ",
    "<julia", "<r (", "<rcurl", "<libsoup", "<gvfs", "<git/", "<docker", "<debian apt", "<pip/", "<npm/", "<yarn/",
    "<composer", "<maven", "<gradle", "<nuget", "<cargo", "<homebrew", "<ansible", "<terraform", "webdav", "davfs",
    "<neon/", "microsoft office existence", "ms frontpage", "<openssl", "<telnet", "<netcat", "<socket",
    "<test agent", "<fake", "<user-agent", "<mozilla/5.0 (x11; linux x86_64; curl)",
  ]
}
