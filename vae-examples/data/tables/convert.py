"""Makes the tables of this folder from the published files.

    pip install scikit-learn==1.5.2 h5py==3.12.1
    python convert.py wine data.csv Missing20_1.csv
    python convert.py breast-cancer
    python convert.py pbmc68k 10x_pbmc68k_reduced.h5ad

wine takes the two files of the folder Wine of https://github.com/probabilistic-learning/HI-VAE;
breast-cancer is in scikit-learn; the file of pbmc68k is in the wheel of scanpy 1.11.5, in
scanpy/datasets.
"""

import csv
import sys

import numpy as np

WINE = [
    "fixed acidity", "volatile acidity", "citric acid", "residual sugar", "chlorides",
    "free sulfur dioxide", "total sulfur dioxide", "density", "pH", "sulphates", "alcohol",
    "quality", "type",
]
BENIGN_TO_TRAIN_ON = 257


def write(name, header, rows):
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def wine(data, mask):
    """The complete table, and the same with the cells of the mask empty."""
    with open(data) as file:
        rows = [line.strip().split(",") for line in file]
    for row in rows:
        row[12] = {"1": "red", "2": "white"}[row[12]]
    write("wine.csv", WINE, rows)
    with open(mask) as file:
        for line in file:
            row, column = map(int, line.split(","))
            rows[row - 1][column - 1] = ""
    write("wine-missing20.csv", WINE, rows)


def breast_cancer():
    """257 benign tumours to train on; the other 100 and all malignant ones to be told apart."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    header = ["diagnosis", *data.feature_names]
    rows = [
        [data.target_names[target], *(repr(float(value)) for value in values)]
        for target, values in zip(data.target, data.data)
    ]
    benign = [row for row in rows if row[0] == "benign"]
    malignant = [row for row in rows if row[0] == "malignant"]
    order = np.random.RandomState(1).permutation(len(benign))
    benign = [benign[i] for i in order]
    write("breast-cancer-benign.csv", header, benign[:BENIGN_TO_TRAIN_ON])
    write("breast-cancer-test.csv", header, benign[BENIGN_TO_TRAIN_ON:] + malignant)


def pbmc68k(path):
    """The counts behind raw.X = log1p(count * s), s a factor of each cell's own."""
    import h5py

    with h5py.File(path) as file:
        values = file["raw.X/data"][:].astype(float)
        genes = file["raw.X/indices"][:]
        starts = file["raw.X/indptr"][:]
        names = [name.decode() for name in file["raw.var"]["index"]]
        types = [name.decode() for name in file["uns/bulk_labels_categories"][:]]
        labels = file["obs"]["bulk_labels"]
    rows = []
    for cell, label in enumerate(labels):
        part = slice(starts[cell], starts[cell + 1])
        scaled = np.expm1(values[part])
        counts = np.zeros(len(names), int)
        # The least value of a cell is that of a count of 1.
        counts[genes[part]] = np.rint(scaled / scaled.min()).astype(int)
        rows.append([types[label], *counts])
    write("pbmc68k-counts.csv", ["cell_type", *names], rows)


if __name__ == "__main__":
    {"wine": wine, "breast-cancer": breast_cancer, "pbmc68k": pbmc68k}[sys.argv[1]](*sys.argv[2:])
