# What swift-argument-parser's generate-manual leaves to be done: indented examples keep their lines, paragraphs are
# paragraphs, and each sentence begins a line, as mdoc(7) asks. Text with no more than these stays as it is.
# Usage: awk -f Manual/tidy.awk MANUAL_PAGE

/^$/ { blank = 1; next }

/^  / {
  if (!inside) print ".Bd -literal -offset indent"
  inside = 1
  blank = 0
  print substr($0, 3)
  next
}

{
  if (inside) print ".Ed"
  if (blank && !/^\./) print ".Pp"
  inside = blank = 0
  rest = $0
  while (!/^\./ && match(rest, /[a-z)`][.] [A-Z]/)) {
    print substr(rest, 1, RSTART + 1)
    rest = substr(rest, RSTART + 3)
  }
  print rest
}

END { if (inside) print ".Ed" }
