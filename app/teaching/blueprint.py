"""The trainer's blueprint; its views are split by subject."""

from flask import Blueprint

teaching = Blueprint("teaching", __name__, template_folder="templates")
