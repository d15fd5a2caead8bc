#!/bin/sh
# Checks an Aimwell audit pack without Aimwell: a POSIX shell, openssl 3, sha256sum, base64, sed, awk and the usual utilities.
#   sh verify.sh PACKDIR LOGKEY.pem [TSA-CA.pem]
# LOGKEY.pem is the public key of the log, kept somewhere else than in this pack. TSA-CA.pem is the certificate of the time-stamp
# authority. Ends with 0: verifies; 1: does not verify; 2: unanchored (no key given), or could not run.
# Take this script from the published guide: the copy in a pack could have been changed along with the pack.
set -u
LC_ALL=C
export LC_ALL
if [ $# -lt 1 ] || [ $# -gt 3 ] || [ ! -d "$1" ]; then
  echo 'usage: sh verify.sh PACKDIR LOGKEY.pem [TSA-CA.pem]' >&2
  exit 2
fi
case $(openssl version 2>/dev/null) in
OpenSSL\ [3-9].* | OpenSSL\ [1-9][0-9].*) ;;
*) echo 'expected openssl 3 or newer' >&2; exit 2 ;;
esac
absolute() { case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s/%s\n' "$PWD" "$1" ;; esac; }
key='' ca=''
if [ $# -ge 2 ]; then key=$(absolute "$2"); fi
if [ $# -ge 3 ]; then ca=$(absolute "$3"); fi
for given in "$key" "$ca"; do
  if [ -n "$given" ] && [ ! -r "$given" ]; then echo "cannot read $given" >&2; exit 2; fi
done
T=$(mktemp -d) || exit 2
trap 'rm -rf "$T"' EXIT
trap 'exit 2' HUP INT TERM
# CDPATH would lead to another folder, and a name could look like an option.
unset CDPATH
cd -- "$1" || exit 2
# A key that comes with the pack says nothing about whose log this is.
if [ -n "$key" ]; then
  case $(cd -- "$(dirname -- "$key")" && pwd -P)/ in "$(pwd -P)"/*) key='' ;; esac
fi

bad=0
ok() { printf 'ok    %s\n' "$1"; }
# What a pack says must not move the cursor.
no() { printf 'FAIL  %s\n' "$1" | tr -cd '\n -~'; bad=1; }
# The first line of a file of problems decides a check.
judge() { if [ -s "$2" ]; then no "$1: $(sed -n 1p "$2")"; else ok "$1"; fi; }

# --- the files that are there, and their hashes ------------------------------------------------------------------------------------
if find . ! -type d ! -type f | sed -n 1p | sed 's/^/FAIL  neither file nor folder: /' | awk '{ print; n++ } END { exit n == 0 }'; then exit 1; fi
# A name may hold letters, digits and . _ - only, so that nothing below can be misled by one; a line feed would make two of it.
if [ -n "$(find . ! -name . -name '*[!A-Za-z0-9._-]*')" ]; then echo 'FAIL  a file or folder with an unexpected name'; exit 1; fi
find . -type f | sed 's/^\.\///' > "$T/found"
awk '!/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/ { print "FAIL  a file with an unexpected name: " $0; n++; exit } END { exit n == 0 }' "$T/found" && exit 1
for part in SHA256SUMS MANIFEST MANIFEST.json MANIFEST.tlog-proof checkpoint consistency; do
  if [ ! -f "$part" ]; then no "$part is missing"; fi
done
if [ $bad -ne 0 ]; then echo 'does not verify'; exit 1; fi
sort "$T/found" > "$T/files"
sed 's/^/.\//' "$T/files" | xargs sha256sum | sed 's/  \.\//  /' > "$T/have"
if [ "$(awk 'END { print NR }' "$T/files")" != "$(awk 'END { print NR }' "$T/have")" ]; then echo 'FAIL  a file cannot be read'; exit 1; fi

# Holds a list of sums against the files: every line well formed, every file it must name named once, every hash right.
cat > "$T/sums.awk" <<'AWK'
function after(p) { return p == "SHA256SUMS" || list == "MANIFEST" && (p ~ /^(MANIFEST|MANIFEST\.json|MANIFEST\.tlog-proof|checkpoint|checkpoint\.tsr|consistency|trust\/log-key\.(pem|vkey)|trust\/rotation-[0-9]+\.note)$/ || p ~ /^proofs\/[0-9]+\.tlog-proof$/) }
{ hash = substr($0, 1, 64); path = substr($0, 67) }
FILENAME != list { have[path] = hash; order[++n] = path; next }
length(hash) != 64 || hash ~ /[^0-9a-f]/ || substr($0, 65, 2) != "  " || path == "" { print "line " FNR " of " list " is not a sum"; next }
path in listed { print path " stands in " list " twice"; next }
{ listed[path] = hash }
!(path in have) { print path " is missing" }
after(path) { print path " does not belong in " list }
END {
  for (i = 1; i <= n; i++) {
    p = order[i]
    if (after(p)) continue
    if (!(p in listed)) print p " is not in " list
    else if (listed[p] != have[p]) print p " has another SHA-256 than " list " says"
  }
}
AWK
for list in SHA256SUMS MANIFEST; do
  awk -v list=$list -f "$T/sums.awk" "$T/have" $list > "$T/problems"
  judge "$list names exactly the files there are" "$T/problems"
done

# --- the checkpoint ----------------------------------------------------------------------------------------------------------------
cat > "$T/base64.awk" <<'AWK'
# 44 letters of base64 are 32 bytes: as hex, or "" where they are not.
function setup(  i) {
  for (i = 0; i < 64; i++) six[substr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", i + 1, 1)] = i
  for (i = 0; i < 256; i++) hex[i] = sprintf("%02x", i)
}
function unbase64(s,  i, v, out) {
  if (s in decoded) return decoded[s]
  if (length(s) != 44 || substr(s, 44) != "=" || substr(s, 1, 43) ~ /[^A-Za-z0-9+\/]/ || six[substr(s, 43, 1)] % 4 != 0) return ""
  for (i = 1; i <= 44; i += 4) {
    v = six[substr(s, i, 1)] * 262144 + six[substr(s, i + 1, 1)] * 4096 + six[substr(s, i + 2, 1)] * 64
    if (i < 41) v += six[substr(s, i + 3, 1)]
    out = out hex[int(v / 65536)] hex[int(v / 256) % 256]
    if (i < 41) out = out hex[v % 256]
  }
  return decoded[s] = out
}
AWK
sed '/^$/,$d' checkpoint > "$T/text"
sed '1,/^$/d' checkpoint > "$T/signatures"
origin=$(sed -n 1p "$T/text")
size=$(sed -n 2p "$T/text")
cat > "$T/root.awk" <<'AWK'
BEGIN { setup() }
NR == 3 { print unbase64($0) }
AWK
root=$(awk -f "$T/base64.awk" -f "$T/root.awk" "$T/text")
case $size in '' | *[!0-9]*) size=0 ;; esac
if [ -n "$root" ] && [ "$size" -gt 0 ]; then ok "checkpoint of $size entries of the log $(printf '%s' "$origin" | tr -cd ' -~')"; else no 'checkpoint: expected origin, size and root'; fi
# A key that was changed vouches for the next one: a note of two lines, old key and new, signed by the old one.
mkdir "$T/keys"
if [ -n "$key" ]; then openssl pkey -pubin -in "$key" -out "$T/keys/0" 2> /dev/null; fi
n=1
while [ -n "$key" ] && [ -f "trust/rotation-$n.note" ]; do
  sed '/^$/,$d' "trust/rotation-$n.note" > "$T/change"
  sed -n 's/^— aimwell\/keys //p' "trust/rotation-$n.note" | base64 -d 2> /dev/null | tail -c +5 > "$T/signature"
  for old in "$T"/keys/*; do
    case $(sed -n 1p "$T/change") in aimwell/keys+*) ;; *) continue ;; esac
    openssl pkeyutl -verify -pubin -inkey "$old" -rawin -in "$T/change" -sigfile "$T/signature" > /dev/null 2>&1 || continue
    # The first 12 bytes say that the 32 after them are an Ed25519 key.
    new=$(sed -n '2s/^aimwell\/keys+........+//p' "$T/change")
    { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; printf '%s\n' "$new" | base64 -d 2> /dev/null | tail -c 32; } > "$T/der"
    openssl pkey -pubin -inform DER -in "$T/der" -out "$T/keys/$n" 2> /dev/null
    break
  done
  n=$((n + 1))
done
if [ -n "$key" ]; then
  signed=''
  while read -r dash name coded; do
    if [ "$dash" != '—' ] || [ "$name" != "$origin" ]; then continue; fi
    printf '%s\n' "$coded" | base64 -d 2>/dev/null | tail -c +5 > "$T/signature"
    for each in "$T"/keys/*; do
      if [ -z "$signed" ] && openssl pkeyutl -verify -pubin -inkey "$each" -rawin -in "$T/text" -sigfile "$T/signature" > /dev/null 2>&1; then signed=${each##*/}; fi
    done
  done < "$T/signatures"
  case $signed in
  '') no 'checkpoint is not signed by the key given' ;;
  0) ok 'checkpoint is signed by the key given' ;;
  *) ok 'checkpoint is signed by a newer key, for which the key given vouches' ;;
  esac
fi

# --- the proofs: all of this checkpoint, each to its root ----------------------------------------------------------------------------
sed -n 's/^records\/\([0-9][0-9]*\)\.json$/\1/p' "$T/files" > "$T/numbers"
mkdir "$T/leaf" "$T/node"
while read -r n; do
  line=''
  IFS= read -r line < "records/$n.json" || :
  printf '\000%s' "$line" > "$T/leaf/$n"
done < "$T/numbers"
line=''
IFS= read -r line < MANIFEST.json || :
printf '\000%s' "$line" > "$T/leaf/MANIFEST"
# A record is one line without a line feed, byte for byte; what the shell could not take is not one.
{
  sed 's/.*/records\/&.json/' "$T/numbers" | xargs wc -c MANIFEST.json | awk '$2 != "total" { sub(/^records\//, "", $2); sub(/\.json$/, "", $2); print $2, $1 + 1 }' | sort
} > "$T/expected"
(cd "$T/leaf" && find . -type f | sed 's/^\.\///' | xargs wc -c | awk '$2 != "total" { print $2, $1 }' | sort) > "$T/taken"
awk 'NR == FNR { want[$1] = $2; next } want[$1] != $2 { print "entry " $1 " is not one line" }' "$T/expected" "$T/taken" > "$T/problems"
judge 'every record is one entry' "$T/problems"
(cd "$T/leaf" && find . -type f | sed 's/^\.\///' | xargs sha256sum) > "$T/leaves"

# Reads the proofs: number, place, last place, leaf, then the hashes. The checkpoint in each must be the one of this pack.
cat > "$T/proofs.awk" <<'AWK'
BEGIN { setup() }
function flush() {
  if (name == "") return
  if (wrong == "" && (state != 2 || at != lines)) wrong = "its proof holds another checkpoint"
  if (wrong == "" && name != "MANIFEST" && sprintf("%06d", place) != name) wrong = "its proof is that of entry " sprintf("%06d", place)
  if (wrong == "" && place >= size) wrong = "its proof lies outside the log"
  if (wrong != "") print name, wrong > problems
  else print name, place, size - 1, hashes > state_file
  name = ""
}
FILENAME == "checkpoint" { text[++lines] = $0; next }
FNR == 1 {
  flush()
  name = FILENAME; sub(/^proofs\//, "", name); sub(/\.tlog-proof$/, "", name)
  wrong = ""; hashes = ""; state = 0; at = 0; place = -1
  if ($0 != "c2sp.org/tlog-proof@v1") wrong = "its proof is not a tlog-proof"
  next
}
state == 0 && FNR == 2 && /^extra / { next }
state == 0 { if ($0 ~ /^index (0|[1-9][0-9]*)$/) place = substr($0, 7) + 0; else wrong = "its proof names no place"; state = 1; next }
state == 1 && $0 == "" { state = 2; next }
state == 1 { h = unbase64($0); if (h == "") wrong = "its proof holds a line that is no hash"; hashes = hashes " " h; next }
{ at++; if (text[at] != $0) wrong = "its proof holds another checkpoint" }
END { flush() }
AWK
: > "$T/state"
: > "$T/problems"
rm -f "$T"/state.* "$T"/problems.*
sed -n '/^proofs\//p' "$T/files" > "$T/proofs"
echo MANIFEST.tlog-proof >> "$T/proofs"
# In parts, so that no list of files grows too long for a command.
awk -v T="$T" '{ print > (T "/part." int((NR - 1) / 2000)) }' "$T/proofs"
for part in "$T"/part.*; do
  xargs awk -v size="$size" -v state_file="$T/state.one" -v problems="$T/problems.one" -f "$T/base64.awk" -f "$T/proofs.awk" checkpoint < "$part"
  for each in state problems; do if [ -f "$T/$each.one" ]; then cat "$T/$each.one" >> "$T/$each"; rm "$T/$each.one"; fi; done
done
awk '{ sub(/ /, ": "); print "entry " $0 }' "$T/problems" | sort > "$T/sorted"
judge 'every proof is of this checkpoint and of its own entry' "$T/sorted"
awk 'NR == FNR { leaf[$2] = $1; next } { seen[$1] = 1 } !($1 in leaf) { print "entry " $1 " has a proof and no record" } END { for (n in leaf) if (!(n in seen)) print "entry " n " has no proof that could be read" }' "$T/leaves" "$T/state" | sort > "$T/problems"
judge 'every record has its proof' "$T/problems"
scope='' upto=0
if [ -f SCOPE ]; then read -r scope upto < SCOPE; fi
case $upto in '' | *[!0-9]*) upto=0 ;; esac
if [ "$scope" = all ]; then
  awk -v upto="$upto" -v size="$size" '{ seen[$1 + 0] = 1 } END { for (i = 0; i < upto && i < size && n < 100; i++) if (!(i in seen) && ++n) printf "entry %06d is not in the pack\n", i }' "$T/numbers" > "$T/problems"
  judge "the pack holds every entry up to $upto, as it says" "$T/problems"
fi

# One level of all proofs at a time: each pair of hashes is written down once and hashed with all others in one go.
cat > "$T/level.awk" <<'AWK'
BEGIN {
  for (i = 0; i < 256; i++) octal[sprintf("%02x", i)] = sprintf("\\%03o", i)
}
NF == 4 { print $1, ($3 == 0 && $4 == root ? "ok" : "not") > done; next }
$3 == 0 { print $1, "not" > done; next }
{
  n = $2 + 0; last = $3 + 0
  if (n % 2 == 1 || n == last) {
    pair = $5 $4
    while (n % 2 == 0 && n != 0) { n = n / 2; last = int(last / 2) }
  } else pair = $4 $5
  if (!(pair in known)) {
    known[pair] = ++count
    bytes = ""
    for (i = 1; i <= 128; i += 2) bytes = bytes octal[substr(pair, i, 2)]
    print "printf '\\001" bytes "' > " count > script
  }
  rest = ""
  for (i = 6; i <= NF; i++) rest = rest " " $i
  print $1, int(n / 2), int(last / 2), known[pair] rest > waiting
}
AWK
awk 'NR == FNR { leaf[$2] = $1; next } $1 in leaf { head = $1 " " $2 " " $3 " " leaf[$1]; $1 = $2 = $3 = ""; sub(/^ +/, ""); print head ($0 == "" ? "" : " " $0) }' "$T/leaves" "$T/state" > "$T/level"
: > "$T/done"
while [ -s "$T/level" ]; do
  : > "$T/waiting"; : > "$T/script"; : > "$T/ended"
  rm -rf "$T/node"; mkdir "$T/node"
  awk -v root="$root" -v done="$T/ended" -v script="$T/script" -v waiting="$T/waiting" -f "$T/level.awk" "$T/level"
  cat "$T/ended" >> "$T/done"
  if [ ! -s "$T/waiting" ]; then break; fi
  (cd "$T/node" && . "$T/script" && find . -type f | sed 's/^\.\///' | xargs sha256sum) > "$T/hashed"
  awk 'NR == FNR { hash[$2] = $1; next } { $4 = hash[$4]; print }' "$T/hashed" "$T/waiting" > "$T/level"
done
awk '$2 != "ok" { print "entry " $1 " is not in the log under this checkpoint" }' "$T/done" | sort > "$T/problems"
judge "every entry is in the log ($(awk 'END { print NR - 1 }' "$T/leaves") records and MANIFEST)" "$T/problems"

# --- what the entries name: MANIFEST, payloads, files --------------------------------------------------------------------------------
cat > "$T/names.awk" <<'AWK'
# digest, and sha256 before it, are the last members of an entry; a quotation mark inside a value would be escaped.
function tail_of(s, name, at,  m) { m = ",\"" name "\":\""; return substr(s, at - length(m), length(m)) == m ? substr(s, at, 64) : "" }
{
  n = FILENAME; sub(/^records\//, "", n); sub(/\.json$/, "", n)
  l = length($0); digest = tail_of($0, "digest", l - 65); sha = tail_of($0, "sha256", l - 65 - 12 - 64)
  if (substr($0, 1, 7) != "{\"v\":1," || substr($0, l - 1) != "\"}" || digest == "") { digest = "none"; sha = "" }
  print n, digest, (sha == "" ? "-" : sha), (index($0, ",\"command\":\"pack\",") > 0 && index($0, ",\"file\":\"MANIFEST\",\"sha256\":\"") > 0 ? "pack" : "-")
}
AWK
sed 's/.*/records\/&.json/' "$T/numbers" | xargs awk -f "$T/names.awk" MANIFEST.json | sort -u > "$T/named"
manifest=$(sed -n 's/  MANIFEST$//p' "$T/have")
if awk -v sum="$manifest" '$1 == "MANIFEST" && $3 == sum && $4 == "pack" { found = 1 } END { exit !found }' "$T/named"; then ok 'MANIFEST is the one in the log'; else no 'MANIFEST is not the one that its entry in the log names'; fi

cat > "$T/payloads.awk" <<'AWK'
FILENAME ~ /have$/ { if ($2 ~ /^payloads\//) sum[substr($2, 10)] = $1; else if ($2 ~ /^evidence\//) { file[$1] = $2; evidence[$2] = $1 } next }
FILENAME ~ /LEFT-OUT$/ { out[$1] = 1; next }
$1 == "MANIFEST" { next }
{ known[$1] = 1 }
$2 == "none" { print "entry " $1 " is not an entry of this format"; next }
$1 in sum && sum[$1] != $2 { print "entry " $1 ": payload " $1 " is not what it said" }
!($1 in sum) && !(("payloads/" $1) in out) { print "entry " $1 ": its payload is missing and not listed as left out" }
$3 != "-" { used[$3] = 1; if (!($3 in file) && !(("evidence/" $3) in out) && $4 != "pack") print "entry " $1 ": its file " $3 " is missing and not listed as left out" }
END {
  for (n in sum) if (!(n in known)) print "payload " n " belongs to no entry"
  for (p in evidence) if (!(evidence[p] in used)) print p " is named by no entry"
}
AWK
if [ -f LEFT-OUT ]; then left=LEFT-OUT; else left=/dev/null; fi
awk -f "$T/payloads.awk" "$T/have" "$left" "$T/named" | sort > "$T/problems"
judge "payloads and files are those that the entries name ($(awk '$2 ~ /^evidence\// { n++ } END { print n + 0 }' "$T/have") files)" "$T/problems"
if [ -f LEFT-OUT ]; then printf 'note  %s not in the pack; LEFT-OUT gives the reasons\n' "$(awk 'END { print NR }' LEFT-OUT)"; fi

# --- the time stamp ------------------------------------------------------------------------------------------------------------------
if [ -f checkpoint.tsr ]; then
  openssl ts -reply -in checkpoint.tsr -text > "$T/stamp" 2> /dev/null
  stamped=$(sed -n '/^Message data:/,/^Serial number:/s/^ *[0-9a-f][0-9a-f]* - \(.\{47\}\).*/\1/p' "$T/stamp" | sed 's/[^0-9a-f]//g' | awk '{ printf "%s", $0 }')
  if [ "$stamped" != "$(sed -n 's/  checkpoint$//p' "$T/have")" ]; then
    no 'time stamp is not of this checkpoint'
  elif [ -z "$ca" ]; then
    printf 'note  time stamp is of this checkpoint (%s); name the certificate of its authority to check who gave it\n' "$(sed -n 's/^Time stamp: //p' "$T/stamp")"
  elif openssl ts -verify -data checkpoint -in checkpoint.tsr -CAfile "$ca" > /dev/null 2>&1; then
    ok "time stamp: the checkpoint existed on $(sed -n 's/^Time stamp: //p' "$T/stamp")"
  else
    no 'time stamp is not one of the authority given'
  fi
elif [ -n "$ca" ]; then
  no 'time stamp: expected one, got none'
fi

if [ $bad -ne 0 ]; then echo 'does not verify'; exit 1; fi
if [ -z "$key" ]; then echo 'unanchored: the pack agrees with itself; only a key from elsewhere shows whose log this is'; exit 2; fi
echo 'verifies'
