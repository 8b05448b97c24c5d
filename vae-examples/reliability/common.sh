# For the scripts beside it, which source this. Bash and coreutils.
set -euo pipefail
# numbers, lists of files and messages do not depend on who runs this
export LC_ALL=C
# trainings of a few seconds: the compiler's best code would come too late
export VAE_JAVA_OPTS="${VAE_JAVA_OPTS:--XX:TieredStopAtLevel=1}"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
small=$here/small.conf

# The program: $VAE, or this checkout's, built once here and not again behind the scripts' back.
if [ -z "${VAE:-}" ]; then
  "$root/bin/vae" --version >/dev/null
  VAE=$root/vae-examples/target/vae/bin/vae
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/vae-reliability.XXXXXX")
child=

clean_up() {
  code=$?
  trap - EXIT
  if [ -n "$child" ]; then kill -KILL "$child" 2>/dev/null || true; fi
  [ "$(type -t release)" != function ] || release
  if [ "$code" = 0 ] || [ "$code" = 77 ]; then
    rm -rf "$work"
  else
    echo "kept for a look: $work" >&2
  fi
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Seconds since the epoch, in milliseconds.
now() {
  echo $(($(date +%s%N) / 1000000))
}

# What a run measured, without the times: results.json, metrics.csv, and the hashes of its weights.
numbers() {
  sed -e '/"secondsPer/d' -e '/"examplesPerSecond"/d' "$1/results.json"
  cut -d, -f1-8 "$1/metrics.csv"
  newest=$(newest_checkpoint "$1")
  (cd "$newest" && sha256sum best.safetensors weights.safetensors optimizer.safetensors)
}

newest_checkpoint() {
  local all=("$1"/checkpoints/epoch-*)
  [ -d "${all[-1]}" ] && printf '%s\n' "${all[-1]}"
}

# Fails unless two runs ended with the same numbers, to the last digit.
require_same() {
  numbers "$1" >"$work/numbers-1"
  numbers "$2" >"$work/numbers-2"
  diff "$work/numbers-1" "$work/numbers-2" >&2 || fail "$2 ended with other numbers than $1 (above)"
}

# Whether the files of a checkpoint have the hashes that its index says.
is_whole() {
  [ -s "$1/checkpoint.json" ] || return 1
  (cd "$1" &&
    sed -n 's/^ *"\(.*\.safetensors\)": "\([0-9a-f]\{64\}\)",\{0,1\}$/\2  \1/p' checkpoint.json >"$work/sums" &&
    [ "$(wc -l <"$work/sums")" = 3 ] && sha256sum --quiet -c "$work/sums" >/dev/null 2>&1)
}

# Fails unless every file that has its final name is whole, whatever happened to its writer.
require_readable() {
  local file row count=0
  for file in "$1"/*.json; do
    [ ! -e "$file" ] || [ "$(tail -n 1 "$file")" = "}" ] || fail "$file is cut off"
  done
  for file in "$1"/figures/*.png; do
    [ ! -e "$file" ] || [ "$(tail -c 8 "$file" | od -An -tx1 | tr -d ' \n')" = 49454e44ae426082 ] ||
      fail "$file is cut off"
  done
  file=$1/report.html
  [ ! -e "$file" ] || [ "$(tail -n 1 "$file")" = "</html>" ] || fail "$file is cut off"
  file=$1/metrics.csv
  if [ -e "$file" ]; then
    [ -z "$(tail -c 1 "$file")" ] || fail "$file ends within a row"
    row='[0-9]+(,-?[0-9.]+(E-?[0-9]+)?){8}'
    ! tail -n +2 "$file" | grep -vqxE "$row" || fail "$file has a row that is none"
  fi
  # the oldest of three may be on its way out: it goes only after two younger ones are whole
  local all=("$1"/checkpoints/epoch-*)
  for file in "${all[@]}"; do
    count=$((count + 1))
    [ ! -d "$file" ] || is_whole "$file" || [ $((${#all[@]} - count)) -ge 2 ] ||
      fail "$file is not whole"
  done
}

# Fails unless a finished run has left nothing unfinished.
require_tidy() {
  local rest
  rest=$(find "$1" -name '.*' ! -name .lock ! -path "$1")
  [ -z "$rest" ] || fail "left behind: $rest"
}

# Fails unless a file holds one sentence to the user and no stack trace.
require_sentence() {
  [ "$(grep -c '^vae: ' "$1")" = 1 ] && ! grep -q '^[[:space:]]at ' "$1" || {
    cat "$1" >&2
    fail "not one sentence"
  }
}
