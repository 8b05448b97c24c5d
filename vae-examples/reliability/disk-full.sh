#!/usr/bin/env bash
# Training on file systems that are too small, or read-only.
#
#   vae-examples/reliability/disk-full.sh
#
# Makes small tmpfs file systems in a mount namespace of its own (or, as root, in this one) and ends
# with 77 where neither is allowed. Trains with room for ever more of a run's files; each time the
# program must say in one sentence what it could not write and end with code 5, every file there must
# be whole, and with more room --resume must end with the numbers of an undisturbed run. Then: a disk
# that fills up during training; a read-only folder; a sweep of which one member has no room. Needs
# bash, the usual GNU tools, mount and unshare.
if [ -z "${VAE_OWN_MOUNTS:-}" ] && unshare -rm true 2>/dev/null; then
  VAE_OWN_MOUNTS=1 exec unshare -rm "$0" "$@"
fi
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

disk=$work/disk
mounted=()

# small SIZE FOLDER: a file system of so many KiB.
small_disk() {
  mkdir -p "$2"
  mount -t tmpfs -o "size=$1k" tmpfs "$2"
  mounted+=("$2")
}

release() {
  for folder in "${mounted[@]}"; do umount "$folder" 2>/dev/null || true; done
}

drop() {
  umount "$1"
  local kept=() folder
  for folder in "${mounted[@]}"; do [ "$folder" = "$1" ] || kept+=("$folder"); done
  mounted=("${kept[@]}")
}

if ! small_disk 64 "$disk" 2>"$work/refused"; then
  echo "a small file system cannot be made here: $(cat "$work/refused"); be root, or allow user namespaces" >&2
  exit 77
fi
drop "$disk"

# train RUN ARGUMENTS...: the exit code is in $code.
train() {
  local run=$1
  shift
  code=0
  "$VAE" train "$small" "$@" --output "$run" >"$work/out" 2>"$work/log" || code=$?
}

finish() {
  local resume=()
  [ ! -e "$1/model.json" ] || resume=(--resume)
  train "$1" "${resume[@]}" "${@:2}"
  [ $code = 0 ] || fail "with room again it ended with $code: $(cat "$work/log")"
  require_readable "$1"
  require_tidy "$1"
}

# The sentence, without the folder's name.
sentence() {
  sed -n "s|^vae: $1/||p" "$work/log"
}

# A failure to write: its code, its sentence; what is there is whole and can be used.
require_told() {
  [ $code = 5 ] || {
    cat "$work/log" >&2
    fail "ended with $code instead of 5"
  }
  grep '^vae: ' "$work/log" >"$work/told"
  require_sentence "$work/told"
  grep -qF "cannot be written: No space left on device; " "$work/told" || fail "$(cat "$work/told")"
  [ ! -d "$1" ] || require_readable "$1"
  if compgen -G "$1/checkpoints/epoch-*" >/dev/null; then
    grep -qF "the checkpoint $(basename "$(newest_checkpoint "$1")") is kept" "$work/told" ||
      fail "does not say which checkpoint is kept"
    "$VAE" evaluate "$1" --samples 1 >"$work/out"
  fi
}

train "$work/reference"
[ $code = 0 ] || fail "the undisturbed run ended with $code: $(cat "$work/log")"

small_disk 65536 "$disk"
train "$disk/run"
used=$(($(df --output=used -k "$disk" | tail -n 1)))
checkpoint=$(du -sk "$(newest_checkpoint "$disk/run")" | cut -f1)
drop "$disk"
printf 'a run takes %d KiB, of which each checkpoint %d\n' "$used" "$checkpoint"

echo "too small a disk:"
for room in 4 8 12 24 $((checkpoint / 2)) $((checkpoint + 40)) $((2 * checkpoint + 40)) \
  $((used * 60 / 100)) $((3 * checkpoint + 32)) $((used * 70 / 100)) $((used * 80 / 100)) $((used * 90 / 100)) $((used - 8)) \
  $((used - 4)) $((used + checkpoint)); do
  small_disk "$room" "$disk"
  train "$disk/run"
  if [ $code = 0 ]; then
    printf '  %5d KiB: exit 0, there was room\n' "$room"
  else
    require_told "$disk/run"
    printf '  %5d KiB: exit %d, %s\n' "$room" $code "$(sentence "$disk")"
    mount -o remount,size=64m "$disk"
    finish "$disk/run"
  fi
  require_same "$work/reference" "$disk/run"
  drop "$disk"
done
echo "  with room again, all went on and ended with the same numbers"

# Few checkpoints here, so that the rows of metrics.csv are what the disk has no room for: they
# outgrow the block that the file has.
echo "a disk that fills up during training:"
longer=(training.epochs=60 training.checkpoint-seconds=1000)
train "$work/longer" "${longer[@]}"
small_disk 65536 "$disk"
: >"$work/log"
"$VAE" train "$small" "${longer[@]}" --output "$disk/run" >"$work/out" 2>"$work/log" &
child=$!
until grep -q '^epoch 1/' "$work/log" || ! kill -0 $child 2>/dev/null; do sleep 0.02; done
dd if=/dev/zero of="$disk/other" bs=4k 2>"$work/filled" && fail "the disk did not fill up"
code=0
wait $child || code=$?
child=
require_told "$disk/run"
printf '  exit %d, %s\n' $code "$(sentence "$disk")"
rm "$disk/other"
finish "$disk/run" "${longer[@]}"
require_same "$work/longer" "$disk/run"
echo "  with room again, --resume ended with the same numbers"
drop "$disk"

echo "a read-only folder:"
small_disk 65536 "$disk"
train "$disk/run"
mount -o remount,ro "$disk"
for arguments in "--output $disk/new" "training.epochs=9 --resume --output $disk/run"; do
  code=0
  # shellcheck disable=SC2086
  "$VAE" train "$small" $arguments >"$work/out" 2>"$work/log" || code=$?
  [ $code = 2 ] || fail "a read-only folder ended with $code: $(cat "$work/log")"
  require_sentence "$work/log"
  [ "$(wc -l <"$work/log")" = 1 ] || fail "it began before it looked: $(cat "$work/log")"
  printf '  exit %d, %s\n' $code "$(sentence "$disk")"
done
"$VAE" evaluate "$disk/run" --samples 1 >"$work/out"
echo "  vae evaluate reads a run in it"
drop "$disk"

echo "a sweep of which one member has no room:"
cat >"$work/sweep.conf" <<END
base = "$small"
axes { model.latent-size = [4, 5, 6] }
END
sweep() {
  code=0
  "$VAE" sweep "$work/sweep.conf" --jobs 2 --output "$1" --quiet >"$work/out" 2>"$work/log" || code=$?
}
small_disk $((checkpoint * 2)) "$work/sweep/latent-size-5"
sweep "$work/sweep"
[ $code = 5 ] || fail "the sweep ended with $code: $(cat "$work/log")"
grep -q '^| latent-size-5 | failed *| 5 .*No space left on device' "$work/sweep/sweep.md" ||
  fail "not in the table: $(cat "$work/sweep/sweep.md")"
for member in 4 6; do [ -s "$work/sweep/latent-size-$member/results.json" ] || fail "member $member did not finish"; done
printf '  exit %d, the others finish; the table says\n' $code
sed -n "s|$work/||g; /^| latent-size-5 /s/^/  /p" "$work/sweep/sweep.md"
mount -o remount,size=64m "$work/sweep/latent-size-5"
sweep "$work/sweep"
[ $code = 0 ] || fail "with room again the sweep ended with $code: $(cat "$work/log")"
require_same "$work/reference" "$work/sweep/latent-size-5"
echo "  with room again, the same command finishes it with the same numbers"
drop "$work/sweep/latent-size-5"

small_disk $((checkpoint * 2)) "$disk"
sweep "$disk/sweep"
[ $code = 5 ] || fail "a sweep on a full disk ended with $code: $(cat "$work/log")"
grep -q '^vae: ' "$work/log" && require_sentence "$work/log"
printf '  no member has room: exit %d\n' $code
drop "$disk"
