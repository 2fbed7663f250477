"""The authors' blueprint; its views are split by subject."""

from flask import Blueprint

authoring = Blueprint("authoring", __name__, url_prefix="/authoring", template_folder="templates")
