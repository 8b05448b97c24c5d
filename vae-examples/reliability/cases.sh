#!/usr/bin/env bash
# Small inputs of the kinds that people brought to programs of this sort and that went wrong there.
#
#   vae-examples/reliability/cases.sh FOLDER
#
# FOLDER holds the inputs (wine_frame.csv, mask01_uint8.npy and so on). Prints a table in Markdown of
# what came out of each: the exit code and the sentence that matters. Fails if one is not what it
# should be. Needs bash and the usual GNU tools; about ten minutes.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cases=$(cd "${1:?usage: cases.sh FOLDER}" && pwd)
failed=0
real=(model.likelihood.type=gaussian dataset.binarization=none model.prior.type=standard)
short=(training.epochs=2 evaluation.importance-samples=10)

# row KIND WHAT EXIT PATTERN COMMAND...: runs the command; the first line with the pattern is told
row() {
  local kind=$1 what=$2 code=$3 pattern=$4 found said verdict=""
  shift 4
  found=0
  "$@" >"$work/said" 2>&1 || found=$?
  said=$(grep -m 1 -oE -- "$pattern" "$work/said" || true)
  if [ "$found" != "$code" ] || [ -z "$said" ]; then
    verdict=" **(should be $code, with \"$pattern\")**"
    said=$(tail -n 1 "$work/said")
    failed=1
  fi
  said=${said//$cases\//}
  said=${said//$work\//}
  printf '| %s | %s | %s | %s%s |\n' "$kind" "$what" "$found" "${said//|/\\|}" "$verdict"
}

run=0
train() {
  run=$((run + 1))
  "$VAE" train "$@" "${short[@]}" --threads 1 -o "$work/run-$run"
}
numpy() { train dataset.name=numpy "dataset.file=$cases/$1" "${@:2}"; }
csv() { train dataset.name=csv "dataset.file=$cases/$1" "${real[@]}" "${@:2}"; }
table() { train dataset.name=table "dataset.file=$cases/$1" "${real[@]}" "${@:2}"; }

echo "| kind | input | exit | what is said |"
echo "| --- | --- | ---: | --- |"

row K1 "bytes 0 and 1, threshold" 2 "the pixels of numpy are 0 and 1 alone.*" \
  numpy mask01_uint8.npy dataset.binarization=threshold
row K1 "the same, dataset.threshold = 0.001" 0 "-log p\(x\), nats +[0-9.]+ .*" \
  numpy mask01_uint8.npy dataset.binarization=threshold dataset.threshold=0.001
row K1 "digits 0 to 255 as real numbers, threshold" 2 "those of numpy are whole numbers.*" \
  numpy float0_255.npy dataset.binarization=threshold
row K1 "the same, dynamic" 2 "read them as pixels with dataset.values.*" \
  numpy float0_255.npy dataset.binarization=dynamic

cp "$cases/grow_orig.npy" "$work/grow.npy"
"$VAE" train dataset.name=numpy "dataset.file=$work/grow.npy" "${real[@]}" "${short[@]}" --threads 1 \
  -o "$work/grow" >"$work/out" 2>&1
cp "$cases/grow.npy" "$work/grow.npy"
for command in evaluate encode reconstruct; do
  row K2 "data that changed since, vae $command" 3 ".*SHA-256.*" "$VAE" $command "$work/grow"
done
row K2 "data that changed since, vae train --resume" 3 ".*SHA-256.*" \
  "$VAE" train --resume -o "$work/grow"
row K2 "the same, --allow-changed-data" 0 ".*SHA-256.*" \
  "$VAE" evaluate "$work/grow" --allow-changed-data

row K3 "a table on its own scales, numbers only" 0 "column .* far from the scale of 1.*" \
  csv wine_frame.csv "dataset.leave-out=[target]"
row K3 "the same, dataset.standardize = true" 0 "-log p\(x\), nats +[0-9]{2}\.[0-9]+ .*" \
  csv wine_frame.csv "dataset.leave-out=[target]" dataset.standardize=true
row K3 "the same as a table" 0 "-log p\(x\), nats +[0-9]{2}\.[0-9]+ .*" \
  table wine_frame.csv dataset.columns.label=target
row K4 "gradients that overflow" 4 "training diverged.*" \
  csv population.csv training.optimizer.type=adam
row K4 "learning rate 10" 4 "training diverged.*" \
  train digits-vampprior training.optimizer.learning-rate=10 training.epochs=5
row K5 "a first line of wavelengths" 3 "line 1 may name the columns or be the first example.*" \
  csv nir_spectra.csv
row K5 "the same, dataset.header = true" 0 "csv: [0-9,]+ examples.*" \
  csv nir_spectra.csv dataset.header=true
row K6 "row numbers as data" 0 ".*dataset.leave-out = \[.*" csv pandas_index.csv
row K6 "the same as a table" 3 ".*counts the rows.*" table pandas_index.csv
row K7 "ten examples" 0 "active units +-.*" numpy ten_examples.npy "${real[@]}"
row K8 "a picture in CMYK" 3 ".*CMYK.*" \
  train dataset.name=images "dataset.folder=$cases/cmyk" dataset.binarization=none \
  model.likelihood.type=discretized-logistic
mkdir -p "$work/étoile"
cp "$cases"/mixed-formats/a00*.png "$work/étoile/"
cp "$cases/mixed-formats/a000.png" "$work/étoile/ñ0.png"
row K10 "names outside the locale" 0 "images: [0-9]+ examples.*" \
  env LC_ALL=C "$VAE" train dataset.name=images "dataset.folder=$work/étoile" "${short[@]}" \
  model.prior.type=standard \
  --threads 1 -o "$work/locale"
row K11 "text columns with odd names" 3 ".*dataset.leave-out = \[.*" csv names.csv
row K12 "semicolons" 3 ".*dataset.separator = semicolon.*" csv semicolon_default.csv
row K12 "runs of spaces" 3 ".*dataset.separator = whitespace.*" csv sunspots_yearly.dat
row K13 "timestamps" 3 ".*timestamps.csv.*column.*" csv timestamps.csv
row K14 "numbers too large for a column" 0 "-log p\(x\), nats +[^ ]+ \+- [^ ]+  +[^ ].*" \
  csv wine_frame.csv "dataset.leave-out=[target]"
row K15 "formats that are not read" 0 ".*left out.*" \
  train dataset.name=images "dataset.folder=$cases/mixed-formats" model.prior.type=standard
row K15 "values in [-1, 1] as pictures" 0 ".*report.html" numpy m11.npy "${real[@]}"
row K15 "a MAT-file with unsigned sizes" 2 "leaves a part of matlab without examples.*" \
  train dataset.name=matlab "dataset.file=$cases/miuint32_for_miint32.mat" "${real[@]}"

exit $failed
