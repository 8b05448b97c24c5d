"""What other methods do on the same tables; reference.txt is what it prints.

    pip install scikit-learn==1.5.2
    python vae-examples/tables/reference.py | tee vae-examples/tables/reference.txt

Also writes isolation-forest.csv beside this file: the scores of the forest of seed 0.
"""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).parent
DATA = HERE.parent / "data" / "tables"
FORESTS = 10
COMPONENTS = 10
NEIGHBOURS = 15


def read(name):
    with open(DATA / name) as file:
        rows = list(csv.reader(file))[1:]
    return [row[0] for row in rows], np.array([[float(x) for x in row[1:]] for row in rows])


def isolation_forest():
    _, benign = read("breast-cancer-benign.csv")
    labels, test = read("breast-cancer-test.csv")
    malignant = [label == "malignant" for label in labels]
    areas = []
    for seed in range(FORESTS):
        scores = IsolationForest(random_state=seed).fit(benign).score_samples(test)
        areas.append(roc_auc_score(malignant, -scores))
        if seed == 0:
            with open(HERE / "isolation-forest.csv", "w") as file:
                file.write("place,label,isolation-forest\n")
                for place, (label, score) in enumerate(zip(labels, scores)):
                    file.write(f"{place},{label},{score:.6f}\n")
    print(
        f"breast cancer, isolation forest: area under the ROC curve {areas[0]:.4f}, "
        f"of {FORESTS} seeds {np.mean(areas):.4f} +- {np.std(areas, ddof=1):.4f}"
    )


def neighbour_accuracy(points, labels):
    """Of the most frequent label among the nearest others; of ties that with the nearest."""
    right = 0
    for row, label in enumerate(labels):
        distances = ((points - points[row]) ** 2).sum(1)
        distances[row] = np.inf
        nearest = [labels[i] for i in np.argsort(distances, kind="stable")[:NEIGHBOURS]]
        counts = Counter(nearest)
        most = max(counts.values())
        right += next(other for other in nearest if counts[other] == most) == label
    return right / len(labels)


def principal_components():
    labels, counts = read("pbmc68k-counts.csv")
    totals = counts.sum(1, keepdims=True)
    logs = np.log1p(counts / totals * np.median(totals))
    for name, values in [
        ("log1p of counts for equal totals", logs),
        ("the same, each gene to variance 1", (logs - logs.mean(0)) / logs.std(0)),
    ]:
        points = PCA(COMPONENTS, svd_solver="full").fit_transform(values)
        print(
            f"pbmc68k, {COMPONENTS} principal components of {name}: accuracy of {NEIGHBOURS} "
            f"nearest neighbours, leave one out: {neighbour_accuracy(points, labels):.4f}"
        )


if __name__ == "__main__":
    print(f"scikit-learn {sklearn.__version__}")
    isolation_forest()
    principal_components()
