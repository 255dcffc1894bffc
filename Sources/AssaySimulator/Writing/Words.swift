import AssayModel

/// The unchanging pieces of a line, as bytes.
struct Words: Sendable {
  let noNames = Array(" - - [".utf8)
  let zone = Array(" +0000] \"".utf8)
  let methods = ["GET ", "POST "].map { Array($0.utf8) }
  let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map {
    Array("/\($0)/".utf8)
  }
  let tag = Array("/static/tag.js".utf8)
  let landing = Array("/landing/".utf8)
  let robots = Array("/robots.txt".utf8)
  /// By `EventKind.rawValue`.
  let beacons = ["", "request", "impression", "exposure", "click", "conversion", "form", "video"].map {
    Array("/ad/\($0)?".utf8)
  }
  /// Protocol, status and size, up to the referrer's quote; by `EventKind.rawValue`.
  let answers = ["200 4096", "200 812", "200 43", "204 0", "302 0", "200 43", "200 128", "204 0"].map {
    Array(" HTTP/1.1\" \($0) \"".utf8)
  }
  let impression = Array("imp=".utf8)
  let visitor = Array("&vid=".utf8)
  let campaign = Array("&cid=".utf8)
  let creative = Array("&crid=".utf8)
  let isVideo = Array("&media=video".utf8)
  let price = Array("&price=".utf8)
  let samples = Array("&s=".utf8)
  let x = Array("&x=".utf8)
  let y = Array("&y=".utf8)
  let percent = Array("&pct=".utf8)
  let order = Array("&order=".utf8)
  let value = Array("&value=".utf8)
  let test = Array("&test=1".utf8)
  let https = Array("https://".utf8)
  let shop = Array(".shop.example/".utf8)
  let sections = ["world", "local", "opinion", "science", "culture", "money", "people", "video"].map {
    Array("/\($0)/".utf8)
  }
  let query = Array("/search?q".utf8)
  /// Words that have nothing to do with what is advertised.
  let lexicon = """
    abacus acorn adobe album amber anchor anvil apron arch atlas badge bagel banjo basin baton beetle bench berry bison
    blanket bonnet border bottle bracket branch bridge bronze bucket button cabin cactus candle canoe carbon carpet cedar
    cello chalk cherry chisel cider cinder clover cobalt collar comet copper coral cotton cradle crayon crystal cushion
    dagger daisy denim desert donkey dragon drawer ember engine fabric falcon feather fender ferry fiddle flannel flute
    forest fossil fountain garlic garnet geyser ginger glacier goblet gravel guitar hammer hamper harbor hazel helmet
    hinge hollow honey iris island ivory jacket jasmine jigsaw juniper kettle kitten ladder lagoon lantern latch lemon
    letter lilac linen lizard locket lumber magnet mantle maple marble meadow mitten mosaic muffin needle nickel nutmeg
    olive onion orbit orchid otter oyster paddle parcel parsley pebble pepper pigeon pillow planet plaza pocket poplar
    prism puzzle quarry quill rabbit radish ribbon river rocket saddle salmon sandal saucer scarf shadow shovel silver
    sparrow spruce stable statue summit sunset thimble thunder timber tinsel tulip tunnel turnip velvet violin walnut
    wicker willow window winter yarrow zephyr
    """.utf8.split { $0 == 32 || $0 == 10 }.map { Array($0) }
  let betweenQuotes = Array("\" \"".utf8)
  let lineEnd = Array("\"\n".utf8)

  /// The letters of a sample's state, in the order in which they are written.
  static let letters: [(ExposureSample.State, UInt8)] = [
    (.focused, UInt8(ascii: "f")), (.hidden, UInt8(ascii: "h")), (.unmeasurable, UInt8(ascii: "u")),
    (.playing, UInt8(ascii: "p")), (.replayed, UInt8(ascii: "r")), (.audible, UInt8(ascii: "a")),
    (.finished, UInt8(ascii: "z")), (.edge, UInt8(ascii: "e")), (.userInitiated, UInt8(ascii: "i")),
  ]
}
