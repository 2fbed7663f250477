"""What answers say, with how surely: item and test statistics, ability, competency scores, learning gain. Pure."""
